import type { EdgeResponse } from '../http/http-types';
import type { Leases } from './lease-coordinator';

/** A response and how long it is good for. */
export interface StoredResponse extends EdgeResponse {
  /** When it came from the origin or was last confirmed by it, in milliseconds since 1970. */
  readonly storedAt: number;
  /** From when on the origin is asked again, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Where responses are kept. What cannot be read is missing, what cannot be written is forgotten: neither throws. An expired one stays as long as there is room: it may be confirmed by a 304. */
export interface ResponseCache {
  get(key: string): Promise<StoredResponse | undefined>;
  /** @returns whether it is kept */
  set(key: string, response: StoredResponse): Promise<boolean>;
  /** Where several edges share the cache: who of them makes what is missing. */
  readonly leases?: Leases;
  /** Where the cache is a server of its own: whether it answers. */
  readonly isUp?: () => boolean;
  close(): Promise<void>;
}
