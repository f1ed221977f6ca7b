import { LRUCache } from 'lru-cache';
import type { ResponseCache, StoredResponse } from './response-cache';

export interface MemoryCacheOptions {
  /**
   * How many bytes of bodies and headers are kept. A response that is larger than all of it is not.
   *
   * @default 256 MB
   */
  readonly maxBytes?: number;
}

/** A cache in this process that forgets what was asked for least recently. */
export function createMemoryCache({ maxBytes = 256_000_000 }: MemoryCacheOptions = {}): ResponseCache {
  const entries = new LRUCache<string, StoredResponse>({
    maxSize: maxBytes,
    sizeCalculation: (response, key) =>
      key.length + JSON.stringify(response.headers).length + response.body.length + 1,
  });
  return {
    get: async (key) => entries.get(key),
    set: async (key, response) => {
      entries.set(key, response);
      return entries.has(key);
    },
    close: async () => entries.clear(),
  };
}
