import { LRUCache } from 'lru-cache';
import type { ResponseCache, StoredResponse } from '../response-cache';

export interface MemoryCacheOptions {
  /**
   * The memory that entries may take, in bytes. A response that is larger is not stored.
   *
   * @default 256_000_000
   */
  readonly maxBytes?: number;
  /**
   * Returns milliseconds since 1970.
   *
   * @default Date.now
   */
  readonly now?: () => number;
}

/** What an entry takes beside its body and its text: objects, maps, the list of the least recently used. */
const ENTRY_BYTES = 1024;
/** Errors are worth little and easily caused, so they may not push out pictures. */
const ERRORS_SHARE = 1 / 16;
/** How many entries are looked at for expired ones before a fresh one is evicted. */
const EXPIRED_LOOKUPS = 16;

/**
 * Creates a cache in this process. Where space is needed, expired entries go first, then the least recently used.
 * Errors have a small space of their own.
 */
export function createMemoryCache(options: MemoryCacheOptions = {}): ResponseCache {
  const { maxBytes = 256_000_000, now = Date.now } = options;
  const errors = createStore(Math.max(1, Math.floor(maxBytes * ERRORS_SHARE)), now);
  const responses = createStore(Math.max(1, Math.floor(maxBytes * (1 - ERRORS_SHARE))), now);
  return {
    get: async (key) => responses.get(key) ?? errors.get(key),
    set: async (key, response) => {
      const isError = response.status >= 400;
      (isError ? responses : errors).delete(key);
      return (isError ? errors : responses).set(key, response);
    },
    close: async () => {
      errors.clear();
      responses.clear();
    },
  };
}

function createStore(maxSize: number, now: () => number) {
  const entries = new LRUCache<string, StoredResponse>({ maxSize, sizeCalculation: sizeOf });
  const evictExpired = (bytes: number) => {
    if (entries.calculatedSize + bytes <= maxSize) return;
    const expired: string[] = [];
    let looked = 0;
    for (const key of entries.rkeys()) {
      const entry = entries.peek(key);
      if (entry && entry.expiresAt <= now()) expired.push(key);
      if (++looked === EXPIRED_LOOKUPS) break;
    }
    for (const key of expired) {
      if (entries.calculatedSize + bytes > maxSize) entries.delete(key);
    }
  };
  return {
    get: (key: string) => entries.get(key),
    set: (key: string, response: StoredResponse) => {
      const owned = { ...response, body: ownMemory(response.body) };
      evictExpired(sizeOf(owned, key));
      entries.set(key, owned);
      return entries.has(key);
    },
    delete: (key: string) => entries.delete(key),
    clear: () => entries.clear(),
  };
}

/** Short buffers are slices of Node's pool, and would keep all of its 8 kB. */
function ownMemory(body: Buffer): Buffer {
  if (body.buffer.byteLength === body.length) return body;
  const owned = Buffer.allocUnsafeSlow(body.length);
  body.copy(owned);
  return owned;
}

function sizeOf({ headers, body }: StoredResponse, key: string): number {
  const text = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  // The key is held twice, and headers again in the form in which they are sent.
  return ENTRY_BYTES + 2 * (key.length + text) + body.length;
}
