import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Marker left behind when the response was not stored, so that nobody waits for it. */
const NOT_STORED = 'not stored';
/** Lifetime of that marker, in milliseconds. */
const NOT_STORED_TIME = 1000;
/** How long to trust in a notification, in milliseconds. A crashed holder sends none. */
const LONGEST_WAIT = 1000;
/** How long to wait while no notifications arrive, in milliseconds. */
const POLL_INTERVAL = 100;

// Each script checks the token first: the lease may have expired and belong to another edge by now.
const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then
  redis.call('del', KEYS[1])
  return redis.call('publish', ARGV[2], KEYS[1])
end`;
const RELEASE_NOT_STORED = `if redis.call('get', KEYS[1]) == ARGV[1] then
  redis.call('set', KEYS[1], '${NOT_STORED}', 'PX', ${NOT_STORED_TIME})
  return redis.call('publish', ARGV[2], KEYS[1])
end`;

/**
 * Creates leases in Redis: a key that holds the owner's token and expires unless it is renewed. Releasing one notifies
 * those who wait.
 * https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/
 */
export function createRedisLeases({ connection, prefix, leaseTime = 5000 }: RedisLeasesOptions): Leases {
  const channel = `${prefix}leases`;
  const waiters = new Map<string, Set<() => void>>();
  const isNotified = connection.subscribe(channel, (key) => {
    for (const wake of waiters.get(key) ?? []) wake();
  });

  /** Begins to listen for the release of a lease. */
  const listen = (key: string) => {
    const stopped = new AbortController();
    const wake = () => stopped.abort();
    const others = waiters.get(key) ?? new Set();
    waiters.set(key, others.add(wake));
    return {
      wait: async (signal: AbortSignal | undefined) => {
        const signals = AbortSignal.any([stopped.signal, ...(signal ? [signal] : [])]);
        await sleep(isNotified() ? LONGEST_WAIT : POLL_INTERVAL, undefined, { signal: signals }).catch(
          () => {},
        );
        stop();
      },
      stop,
    };
    function stop() {
      others.delete(wake);
      if (others.size === 0 && waiters.get(key) === others) waiters.delete(key);
    }
  };

  return {
    acquire: async (name) => {
      const key = `${prefix}lease:${createHash('sha256').update(name).digest('base64url')}`;
      const token = randomUUID();
      // Before the lease is tried for: it may be released right afterwards.
      const release = listen(key);
      const reply = await connection.write((redis) => redis.set(key, token, 'PX', leaseTime, 'NX'));
      if (reply === null) {
        const holder = await connection.read((redis) => redis.get(key));
        if (holder !== undefined && holder !== NOT_STORED) return { kind: 'taken', released: release.wait };
      }
      release.stop();
      if (reply !== 'OK') return { kind: 'unavailable' };
      const renewal = setInterval(() => {
        void connection.write((redis) => redis.eval(RENEW, 1, key, token, leaseTime));
      }, leaseTime / 3);
      return {
        kind: 'held',
        release: (stored) => {
          clearInterval(renewal);
          const script = stored ? RELEASE : RELEASE_NOT_STORED;
          void connection.write((redis) => redis.eval(script, 1, key, token, channel));
        },
      };
    },
  };
}
