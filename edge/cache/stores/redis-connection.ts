import { Redis } from 'ioredis';
import type { Log } from '../../operations/log';

export interface RedisConnectionOptions {
  /** `redis://…` or `rediss://…`, with credentials if needed. */
  readonly url: string;
  /** Receives one line when Redis is lost, and one when it refuses writes. */
  readonly warn: Log;
  /** Receives one line when it works again. */
  readonly info: Log;
  /**
   * How long to wait for a command, in milliseconds.
   *
   * @default 500
   */
  readonly commandTimeout?: number;
}

/** A connection that may be down. Commands never throw. */
export interface RedisConnection {
  /** @returns undefined if Redis is down or too slow */
  read<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined>;
  /** @returns undefined if Redis is down, too slow or refuses writes */
  write<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined>;
  isUp(): boolean;
  close(): Promise<void>;
}

/** Time between two attempts to reach a lost Redis, in milliseconds. */
const PROBE_INTERVAL = 250;
/** Time limit for connecting, in milliseconds. */
const START_TIMEOUT = 2000;
/** The errors of a Redis that answers but does not store: full, a replica, or unable to save. */
const REFUSES_WRITES = /^(OOM|READONLY|MISCONF|NOREPLICAS)\b/;

/**
 * Opens a connection with a circuit breaker. After one failed command Redis is not used until it answers a ping,
 * so that a slow Redis delays one request, not every request.
 */
export async function openRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { url, warn, info, commandTimeout = 500 } = options;
  const redis = new Redis(url, {
    commandTimeout,
    connectTimeout: START_TIMEOUT,
    lazyConnect: true,
    // A command that cannot be sent now is useless later: the request goes on without Redis.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1000),
  });
  let state: 'up' | 'down' | 'closed' = 'up';
  let isRefusing = false;
  let timer: NodeJS.Timeout | undefined;

  const probe = () => {
    timer = setTimeout(async () => {
      try {
        await redis.ping();
        if (state === 'closed') return;
        state = 'up';
        info('Redis is back');
      } catch {
        if (state === 'down') probe();
      }
    }, PROBE_INTERVAL);
    timer.unref();
  };
  const onLost = (error: unknown) => {
    if (state !== 'up') return;
    state = 'down';
    warn(`Redis is lost, serving without it: ${reasonOf(error)}`);
    probe();
  };
  // Without a listener, ioredis prints every failed attempt to connect.
  redis.on('error', onLost);
  redis.on('close', () => onLost('the connection was closed'));

  const read: RedisConnection['read'] = async (command) => {
    if (state !== 'up') return undefined;
    try {
      return await command(redis);
    } catch (error) {
      onLost(error);
      return undefined;
    }
  };
  const write: RedisConnection['write'] = (command) =>
    read(async (client) => {
      try {
        const reply = await command(client);
        if (isRefusing) info('Redis accepts writes again');
        isRefusing = false;
        return reply;
      } catch (error) {
        if (!(error instanceof Error) || !REFUSES_WRITES.test(error.message)) throw error;
        if (!isRefusing) warn(`Redis refuses writes, serving without storing: ${error.message}`);
        isRefusing = true;
        return undefined;
      }
    });

  await redis.connect().catch(onLost);
  return {
    read,
    write,
    isUp: () => state === 'up',
    close: async () => {
      const wasUp = state === 'up';
      state = 'closed';
      clearTimeout(timer);
      // QUIT, so that pending writes and lease releases are still sent.
      if (wasUp) await redis.quit().catch(() => {});
      redis.disconnect();
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
