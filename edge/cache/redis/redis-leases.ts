import { createHash, randomUUID } from 'node:crypto';
import type { Leases } from '../lease-coordinator';
import type { RedisConnection } from './redis-connection';

export interface RedisLeasesOptions {
  readonly connection: RedisConnection;
  readonly prefix: string;
  /**
   * How long after the death of its holder a lease is free, in milliseconds.
   *
   * @default 5000
   */
  readonly leaseTime?: number;
}

/** What stands in the place of a lease whose work came to nothing that could be stored. */
const NOT_STORED = 'not stored';
/** For so long nobody waits for what was not stored the last time, in milliseconds. */
const NOT_STORED_TIME = 1000;

// Only its owner may touch a lease: it may have run out, and be another's by now.
const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end`;
const RELEASE_NOT_STORED = `if redis.call('get', KEYS[1]) == ARGV[1] then
  return redis.call('set', KEYS[1], '${NOT_STORED}', 'PX', ${NOT_STORED_TIME})
end`;

/**
 * Leases in Redis: a key with the token of its owner, which runs out unless it is renewed.
 * https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/
 */
export function createRedisLeases({ connection, prefix, leaseTime = 5000 }: RedisLeasesOptions): Leases {
  return {
    take: async (name) => {
      const key = `${prefix}lease:${createHash('sha256').update(name).digest('base64url')}`;
      const token = randomUUID();
      const taken = await connection.write((redis) => redis.set(key, token, 'PX', leaseTime, 'NX'));
      if (taken === undefined) return { kind: 'open' };
      if (taken === null) {
        const holder = await connection.read((redis) => redis.get(key));
        return { kind: holder === undefined || holder === NOT_STORED ? 'open' : 'taken' };
      }
      const renewal = setInterval(() => {
        void connection.write((redis) => redis.eval(RENEW, 1, key, token, leaseTime));
      }, leaseTime / 3);
      return {
        kind: 'mine',
        finish: (stored) => {
          clearInterval(renewal);
          const script = stored ? RELEASE : RELEASE_NOT_STORED;
          void connection.write((redis) => redis.eval(script, 1, key, token));
        },
      };
    },
  };
}
