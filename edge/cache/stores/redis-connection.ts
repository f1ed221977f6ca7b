import type { Log } from '../../operations/log';
import { createRedisClient, type RedisClient } from './redis-client';
import { readRedisUrl } from './redis-url';

export interface RedisConnectionOptions {
  /** As `readRedisUrl` reads it. */
  readonly url: string;
  /** Receives one line when Redis is lost, and one when it refuses writes. */
  readonly warn: Log;
  /** Receives one line when it works again. */
  readonly info: Log;
  /**
   * How long to wait for a command, in milliseconds. Long values are given more.
   *
   * @default 500
   */
  readonly commandTimeout?: number;
}

/** Whether Redis answers, and stores what it is given. */
export type RedisState = 'up' | 'refusing' | 'down';

/** A connection that may be down. Commands never throw. */
export interface RedisConnection {
  /** @returns undefined if Redis is down or too slow */
  read<T>(command: (redis: RedisClient) => Promise<T>): Promise<T | undefined>;
  /** @returns undefined if Redis is down, too slow or refuses writes */
  write<T>(command: (redis: RedisClient) => Promise<T>): Promise<T | undefined>;
  /**
   * Runs a command with a long value over a connection of its own, so that short ones need not wait for it. If it takes
   * too long, that says nothing about Redis.
   *
   * @param bytes the length of the value
   * @returns undefined if Redis is down, too slow or refuses writes
   */
  transfer<T>(bytes: number, command: (redis: RedisClient) => Promise<T>): Promise<T | undefined>;
  /**
   * Receives messages of a channel, over a connection of its own. Those sent while Redis is down are lost.
   *
   * @returns whether messages arrive now
   */
  subscribe(channel: string, listener: (message: string) => void): () => boolean;
  state(): RedisState;
  close(): Promise<void>;
}

/** Time between two attempts to reach a lost Redis, in milliseconds. */
const PROBE_INTERVAL = 250;
/** Time between two connections that are made because a replica refuses writes, in milliseconds. */
const RECONNECT_INTERVAL = 5000;
/** A connection that takes longer to make anew, in milliseconds, is lost. */
const RECONNECT_LIMIT = 1000;
/** The slowest transfer that is waited for, in bytes a millisecond: 10 MB/s. */
const SLOWEST_TRANSFER = 10_000;
/** The errors of a Redis that answers but does not store: full, a replica, or unable to save. */
const REFUSES_WRITES = /^(OOM|READONLY|MISCONF|NOREPLICAS)\b/;

/**
 * Opens a connection with a circuit breaker. After one failed command Redis is not used until it answers a ping,
 * so that a slow Redis delays one request, not every request.
 *
 * @throws UserError if the URL is malformed
 */
export async function openRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { url, warn, info, commandTimeout = 500 } = options;
  const location = readRedisUrl(url);
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  let isMadeAnew = false;
  const isReconnecting = () => isMadeAnew && Date.now() - reconnectedAt < RECONNECT_LIMIT;
  // After a failover the address of the primary leads to another server, once one connects again.
  const reconnects = (error: Error) => {
    if (!error.message.startsWith('READONLY') || Date.now() - reconnectedAt < RECONNECT_INTERVAL)
      return false;
    reconnectedAt = Date.now();
    isMadeAnew = true;
    return true;
  };
  const open = () => createRedisClient(location, reconnects);
  const redis = open();
  let transfers: ReturnType<typeof connectSecond> | undefined;
  let bytesInFlight = 0;
  let subscriber: RedisClient | undefined;
  let state: 'up' | 'down' | 'closed' = 'up';
  let isRefusing = false;
  let timer: NodeJS.Timeout | undefined;

  const probe = () => {
    timer = setTimeout(async () => {
      try {
        await within(commandTimeout, redis.ping());
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
  redis.on('ready', () => {
    isMadeAnew = false;
  });
  redis.on('close', () => {
    // A connection that is made anew on purpose is not lost.
    if (!isReconnecting()) onLost('the connection was closed');
  });

  /** Tells a Redis that refuses a write from one that is lost. */
  const unlessRefused = async <T>(command: Promise<T>): Promise<T | undefined> => {
    try {
      const reply = await command;
      if (isRefusing) info('Redis accepts writes again');
      isRefusing = false;
      return reply;
    } catch (error) {
      if (!(error instanceof Error) || !REFUSES_WRITES.test(error.message)) throw error;
      if (!isRefusing) warn(`Redis refuses writes, serving without storing: ${error.message}`);
      isRefusing = true;
      return undefined;
    }
  };
  const read: RedisConnection['read'] = async (command) => {
    if (state !== 'up') return undefined;
    try {
      return await within(commandTimeout, command(redis));
    } catch (error) {
      // A command that came while the connection was made anew on purpose.
      if (!isReconnecting()) onLost(error);
      return undefined;
    }
  };
  /** Connects when it is first needed. */
  const connectSecond = () => {
    const client = open();
    client.on('error', () => {});
    // Where this fails the client tries again by itself, and commands fail until it is connected.
    const connected = client.connect().catch(() => {});
    return { client, connected };
  };

  await redis.connect().catch(onLost);
  return {
    read,
    write: (command) => read((client) => unlessRefused(command(client))),
    transfer: async (bytes, command) => {
      if (state !== 'up') return undefined;
      bytesInFlight += bytes;
      // What was asked for before has to come first.
      const limit = commandTimeout + bytesInFlight / SLOWEST_TRANSFER;
      try {
        transfers ??= connectSecond();
        const { client, connected } = transfers;
        return await within(
          limit,
          connected.then(() => unlessRefused(command(client))),
        );
      } catch {
        return undefined;
      } finally {
        bytesInFlight -= bytes;
      }
    },
    subscribe: (channel, listener) => {
      const { client } = connectSecond();
      subscriber = client;
      client.on('message', (_, message: string) => listener(message));
      let isSubscribed = false;
      client.on('close', () => {
        isSubscribed = false;
      });
      client.on('ready', async () => {
        isSubscribed = await client.subscribe(channel).then(
          () => true,
          () => false,
        );
      });
      return () => isSubscribed;
    },
    state: () => (state !== 'up' ? 'down' : isRefusing ? 'refusing' : 'up'),
    close: async () => {
      const wasUp = state === 'up';
      state = 'closed';
      clearTimeout(timer);
      // QUIT, so that pending writes and lease releases are still sent.
      if (wasUp) await within(commandTimeout, redis.quit()).catch(() => {});
      for (const client of [redis, transfers?.client, subscriber]) client?.disconnect();
    },
  };
}

/** @throws Error if the promise takes longer, in milliseconds */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const expire = () => reject(new Error('Command timed out'));
    // The reply may be here already and only this process late: it is read before an immediate runs.
    timer = setTimeout(() => setImmediate(expire), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
