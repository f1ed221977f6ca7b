import type { EdgeResponse } from '../message';

/** A response and how long it is good for. */
export interface StoredResponse extends EdgeResponse {
  /** When it came from the origin or was last confirmed by it, in milliseconds since 1970. */
  readonly storedAt: number;
  /** From when on the origin is asked again, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Where responses are kept. An expired one stays as long as there is room: it may be confirmed by a 304. */
export interface ResponseCache {
  get(key: string): Promise<StoredResponse | undefined>;
  set(key: string, response: StoredResponse): Promise<void>;
  close(): Promise<void>;
}
