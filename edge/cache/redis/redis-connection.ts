import { Redis } from 'ioredis';
import type { Log } from '../../http/http-types';

export interface RedisConnectionOptions {
  /** `redis://…` or `rediss://…`, with user and password where there are any. */
  readonly url: string;
  /** Told once when Redis is lost or full. */
  readonly warn: Log;
  /** Told once when it is back. */
  readonly info: Log;
  /**
   * After how long a command counts as lost, in milliseconds.
   *
   * @default 500
   */
  readonly commandTimeout?: number;
}

/** Redis, as far as it can be had. Neither command throws. */
export interface RedisConnection {
  /** @returns undefined where Redis does not answer, or not in time */
  read<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined>;
  /** @returns undefined where Redis does not take it, as it does when it is full */
  write<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined>;
  isUp(): boolean;
  close(): Promise<void>;
}

/** How often a Redis that was lost is tried, in milliseconds. */
const PROBE_INTERVAL = 250;
/** How long the start waits for it, in milliseconds. */
const START_TIMEOUT = 2000;
/** It answers, but keeps nothing: full, a replica, or unable to save. */
const REFUSES_WRITES = /^(OOM|READONLY|MISCONF|NOREPLICAS)\b/;

/**
 * A connection that is never waited for long: after one lost command Redis is left alone, so that a slow one
 * costs one request its timeout and not each of them, until it answers a ping again.
 */
export async function openRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { url, warn, info, commandTimeout = 500 } = options;
  const redis = new Redis(url, {
    commandTimeout,
    connectTimeout: START_TIMEOUT,
    lazyConnect: true,
    // What cannot be sent now is done without Redis; done later, it would be of no use to anybody.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1000),
  });
  let state: 'up' | 'down' | 'closed' = 'up';
  let refusing = false;
  let clock: NodeJS.Timeout | undefined;

  const probe = () => {
    clock = setTimeout(async () => {
      try {
        await redis.ping();
        if (state === 'closed') return;
        state = 'up';
        info('Redis is back');
      } catch {
        if (state === 'down') probe();
      }
    }, PROBE_INTERVAL);
    clock.unref();
  };
  const lost = (error: unknown) => {
    if (state !== 'up') return;
    state = 'down';
    warn(`Redis is lost, serving without it: ${reasonOf(error)}`);
    probe();
  };
  // Without a listener ioredis prints every attempt to connect.
  redis.on('error', lost);
  redis.on('close', () => lost('the connection was closed'));

  const read: RedisConnection['read'] = async (command) => {
    if (state !== 'up') return undefined;
    try {
      return await command(redis);
    } catch (error) {
      lost(error);
      return undefined;
    }
  };
  const write: RedisConnection['write'] = (command) =>
    read(async (client) => {
      try {
        const reply = await command(client);
        if (refusing) info('Redis takes new entries again');
        refusing = false;
        return reply;
      } catch (error) {
        if (!(error instanceof Error) || !REFUSES_WRITES.test(error.message)) throw error;
        if (!refusing) warn(`Redis takes no new entries, serving on: ${error.message}`);
        refusing = true;
        return undefined;
      }
    });

  await redis.connect().catch(lost);
  return {
    read,
    write,
    isUp: () => state === 'up',
    close: async () => {
      const wasUp = state === 'up';
      state = 'closed';
      clearTimeout(clock);
      // A lease that is being released and an entry that is being written still go out.
      if (wasUp) await redis.quit().catch(() => {});
      redis.disconnect();
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
