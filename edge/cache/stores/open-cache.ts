import { UserError } from '../../../errors/user-error';
import type { ResponseCache } from '../response-cache';
import { createMemoryCache } from './memory-cache';
import { createRedisCache, type RedisCacheOptions } from './redis-cache';
import { isRedisUrl, REDIS_URLS } from './redis-url';

const UNITS = { kb: 1e3, mb: 1e6, gb: 1e9 } as const;
const MEMORY = /^memory:(\d+)(kb|mb|gb)$/i;

/**
 * Opens the cache that an option names: `memory:256mb` or the URL of a Redis.
 *
 * @throws UserError if it names none; the value is not repeated, since it may contain a password
 */
export async function openCache(
  location: string,
  options: Omit<RedisCacheOptions, 'url'>,
): Promise<ResponseCache> {
  const [, amount, unit = ''] = MEMORY.exec(location) ?? [];
  const maxBytes = Number(amount) * (UNITS[unit.toLowerCase() as keyof typeof UNITS] ?? 1);
  if (maxBytes > 0) return createMemoryCache({ maxBytes });
  if (isRedisUrl(location)) return createRedisCache({ ...options, url: location });
  throw new UserError(
    `--cache: got neither a memory size nor a Redis URL, allowed: memory:256mb, ${REDIS_URLS}`,
  );
}
