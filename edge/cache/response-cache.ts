import type { EdgeResponse } from '../http/http-types';
import type { Leases } from './lease-coordinator';

/** A cached response. */
export interface StoredResponse extends EdgeResponse {
  readonly body: Buffer;
  /** When the origin sent or last confirmed it, in milliseconds since 1970. */
  readonly storedAt: number;
  /** When the origin must be asked again, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Response store. Read failures are misses and write failures are ignored; neither throws. Expired entries are
 * kept for revalidation.
 */
export interface ResponseCache {
  get(key: string): Promise<StoredResponse | undefined>;
  /** @returns whether the response was stored */
  set(key: string, response: StoredResponse): Promise<boolean>;
  /**
   * Decides which of several edges computes a missing response.
   *
   * @default - the cache is not shared
   */
  readonly leases?: Leases;
  /**
   * Whether Redis answers, and whether it stores.
   *
   * @default - the cache is in this process
   */
  readonly redisState?: () => 'up' | 'refusing' | 'down';
  close(): Promise<void>;
}
