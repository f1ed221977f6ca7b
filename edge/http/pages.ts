import type { Readable } from 'node:stream';
import type { Headers } from './headers';

/** Pages that the server answers itself, by path. */
export type Pages = ReadonlyMap<string, Page>;

/** A page outside the distribution, such as the health check or the playground. */
export type Page = (request: PageRequest) => Promise<PageAnswer>;

export interface PageRequest {
  readonly method: string;
  /** Everything after the first `?`. */
  readonly querystring: string;
  readonly headers: Headers;
  /** Not read yet. */
  readonly body: Readable;
}

export interface PageAnswer {
  /**
   * @default 200
   */
  readonly status?: number;
  /** The `Content-Type`. */
  readonly type: string;
  /**
   * @default - `Cache-Control: no-store` only
   */
  readonly headers?: Headers;
  readonly body: string | Buffer;
}
