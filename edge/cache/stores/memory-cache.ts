import { LRUCache } from 'lru-cache';
import type { ResponseCache, StoredResponse } from '../response-cache';

export interface MemoryCacheOptions {
  /**
   * Size of all bodies, headers and keys together, in bytes. A larger response is not stored.
   *
   * @default 256_000_000
   */
  readonly maxBytes?: number;
}

/** Creates a cache in this process that evicts the least recently used responses. */
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
