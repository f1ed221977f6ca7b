import type { Fetch } from './fetch';

/** Takes the original from the edge on one machine, which has read it already. Lambda always reads S3. */
export function createHeldFetch(bytes: Buffer): Fetch {
  return async ({ maxBytes }) =>
    bytes.length > maxBytes
      ? { kind: 'failed', reason: 'source-bytes', detail: `${bytes.length} announced` }
      : { kind: 'bytes', bytes };
}
