import { createHash, randomUUID } from 'node:crypto';
import type { Leases } from '../lease-coordinator';
import type { RedisConnection } from './redis-connection';

export interface RedisLeasesOptions {
  readonly connection: RedisConnection;
  readonly prefix: string;
  /**
   * How long a lease outlives a crashed holder, in milliseconds.
   *
   * @default 5000
   */
  readonly leaseTime?: number;
}

/** Marker left behind when the response was not stored, so that waiters stop polling. */
const NOT_STORED = 'not stored';
/** Lifetime of that marker, in milliseconds. */
const NOT_STORED_TIME = 1000;

// Each script checks the token first: the lease may have expired and belong to another edge by now.
const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end`;
const RELEASE_NOT_STORED = `if redis.call('get', KEYS[1]) == ARGV[1] then
  return redis.call('set', KEYS[1], '${NOT_STORED}', 'PX', ${NOT_STORED_TIME})
end`;

/**
 * Creates leases in Redis: a key that holds the owner's token and expires unless it is renewed.
 * https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/
 */
export function createRedisLeases({ connection, prefix, leaseTime = 5000 }: RedisLeasesOptions): Leases {
  return {
    acquire: async (name) => {
      const key = `${prefix}lease:${createHash('sha256').update(name).digest('base64url')}`;
      const token = randomUUID();
      const reply = await connection.write((redis) => redis.set(key, token, 'PX', leaseTime, 'NX'));
      if (reply === undefined) return { kind: 'unavailable' };
      if (reply === null) {
        const holder = await connection.read((redis) => redis.get(key));
        return { kind: holder === undefined || holder === NOT_STORED ? 'unavailable' : 'taken' };
      }
      const renewal = setInterval(() => {
        void connection.write((redis) => redis.eval(RENEW, 1, key, token, leaseTime));
      }, leaseTime / 3);
      return {
        kind: 'held',
        release: (stored) => {
          clearInterval(renewal);
          const script = stored ? RELEASE : RELEASE_NOT_STORED;
          void connection.write((redis) => redis.eval(script, 1, key, token));
        },
      };
    },
  };
}
