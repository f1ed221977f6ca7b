import { UserError } from '../../errors/user-error';
import { createMemoryCache } from './memory-cache';
import { createRedisCache, type RedisCacheOptions } from './redis/redis-cache';
import type { ResponseCache } from './response-cache';

const UNITS = { kb: 1e3, mb: 1e6, gb: 1e9 } as const;
const MEMORY = /^memory:(\d+)(kb|mb|gb)$/i;

/**
 * The cache that a word describes: `memory:256mb`, `redis://…` or, with TLS, `rediss://…`.
 *
 * @throws UserError where it describes none; the word is not repeated, since it may hold a password
 */
export async function openCache(
  word: string,
  options: Omit<RedisCacheOptions, 'url'>,
): Promise<ResponseCache> {
  const [, amount, unit = ''] = MEMORY.exec(word) ?? [];
  const maxBytes = Number(amount) * (UNITS[unit.toLowerCase() as keyof typeof UNITS] ?? 1);
  if (maxBytes > 0) return createMemoryCache({ maxBytes });
  if (/^rediss?:\/\//.test(word) && URL.canParse(word)) return createRedisCache({ ...options, url: word });
  throw new UserError(
    'this is no cache; say where responses are kept: --cache memory:256mb or redis://host:6379',
  );
}
