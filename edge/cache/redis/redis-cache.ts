import type { ResponseCache } from '../response-cache';
import { openRedis, type RedisConnectionOptions } from './redis-connection';
import { decodeEntry, encodeEntry } from './redis-entry';
import { createRedisLeases } from './redis-leases';

export interface RedisCacheOptions extends RedisConnectionOptions {
  /** Keeps the entries of one bucket apart from those of another. */
  readonly namespace: string;
  /**
   * How long after the death of its holder a render is begun anew, in milliseconds.
   *
   * @default 5000
   */
  readonly leaseTime?: number;
  /**
   * What is larger, in bytes, goes to viewers but not to Redis.
   *
   * @default 16 MB
   */
  readonly maxEntryBytes?: number;
}

/** How long an expired entry stays, in milliseconds, to be confirmed by a 304 in place of a render. */
const REVALIDATION_TIME = 24 * 60 * 60 * 1000;

/** A cache in Redis, which edges share and which outlives them. Whatever happens to Redis, nothing throws. */
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
