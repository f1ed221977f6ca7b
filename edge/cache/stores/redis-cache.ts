import type { ResponseCache } from '../response-cache';
import { openRedis, type RedisConnectionOptions } from './redis-connection';
import { decodeEntry, encodeEntry } from './redis-entry';
import { createRedisLeases } from './redis-leases';

export interface RedisCacheOptions extends RedisConnectionOptions {
  /** Separates the entries of different buckets. */
  readonly namespace: string;
  /**
   * How long a lease outlives a crashed holder, in milliseconds.
   *
   * @default 5000
   */
  readonly leaseTime?: number;
  /**
   * Larger entries, in bytes, are not stored.
   *
   * @default 16_000_000
   */
  readonly maxEntryBytes?: number;
}

/** How long an expired entry is kept for revalidation, in milliseconds. A 304 is much cheaper than a render. */
const REVALIDATION_TIME = 24 * 60 * 60 * 1000;

/** Opens a cache in Redis, which several edges can share. It never throws, whatever happens to Redis. */
export async function createRedisCache(options: RedisCacheOptions): Promise<ResponseCache> {
  const { namespace, leaseTime, maxEntryBytes = 16_000_000 } = options;
  const connection = await openRedis(options);
  const prefix = `edgecrop:${namespace}:`;
  return {
    get: async (key) => {
      const value = await connection.read((redis) => redis.getBuffer(`${prefix}${key}`));
      return value ? decodeEntry(value) : undefined;
    },
    set: async (key, response) => {
      const value = encodeEntry(response);
      if (value.length > maxEntryBytes) return false;
      const freshFor = Math.max(0, response.expiresAt - response.storedAt);
      const lifetime = Math.ceil(freshFor + REVALIDATION_TIME);
      const reply = await connection.write((redis) => redis.set(`${prefix}${key}`, value, 'PX', lifetime));
      return reply === 'OK';
    },
    leases: createRedisLeases({ connection, prefix, ...(leaseTime && { leaseTime }) }),
    isUp: connection.isUp,
    close: connection.close,
  };
}
