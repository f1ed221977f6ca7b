import { randomUUID } from 'node:crypto';
import type { ResponseCache, StoredResponse } from '../response-cache';
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
   * Larger bodies, in bytes, are not stored.
   *
   * @default 16_000_000
   */
  readonly maxBodyBytes?: number;
}

/** How long an expired entry is kept for revalidation, in milliseconds. A 304 is much cheaper than a render. */
const REVALIDATION_TIME = 24 * 60 * 60 * 1000;
/** Longer bodies, in bytes, are values of their own. Every variant is shorter. */
const LONG_BODY = 1_500_000;

/** Opens a cache in Redis, which several edges can share. It never throws, whatever happens to Redis. */
export async function createRedisCache(options: RedisCacheOptions): Promise<ResponseCache> {
  const { namespace, leaseTime, maxBodyBytes = 16_000_000 } = options;
  const connection = await openRedis(options);
  const prefix = `edgecrop:${namespace}:`;

  const setLongBody = async (key: string, { body }: StoredResponse, lifetime: number) => {
    const reply = await connection.transfer(body.length, (redis) => redis.set(key, body, 'PX', lifetime));
    return reply === 'OK';
  };
  const getLongBody = async (key: string, length: number) => {
    const body = await connection.transfer(length, (redis) => redis.getBuffer(key));
    return body?.length === length ? body : undefined;
  };

  return {
    get: async (key) => {
      const value = await connection.read((redis) => redis.getBuffer(`${prefix}${key}`));
      const entry = value ? decodeEntry(value) : undefined;
      if (!entry?.longBody) return entry?.response;
      const body = await getLongBody(entry.longBody.key, entry.longBody.length);
      return body && { ...entry.response, body };
    },
    set: async (key, response) => {
      const { length } = response.body;
      if (length > maxBodyBytes) return false;
      const freshFor = Math.max(0, response.expiresAt - response.storedAt);
      const lifetime = Math.ceil(freshFor + REVALIDATION_TIME);
      // A new key each time: an entry never takes the body of another version.
      const longBody = length > LONG_BODY ? { key: `${prefix}body:${randomUUID()}`, length } : undefined;
      if (longBody && !(await setLongBody(longBody.key, response, lifetime))) return false;
      const value = encodeEntry(response, longBody);
      const reply = await connection.write((redis) => redis.set(`${prefix}${key}`, value, 'PX', lifetime));
      return reply === 'OK';
    },
    leases: createRedisLeases({ connection, prefix, ...(leaseTime && { leaseTime }) }),
    redisState: connection.state,
    close: connection.close,
  };
}
