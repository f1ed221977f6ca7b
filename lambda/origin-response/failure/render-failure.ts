import type { Reason } from './reason';

/** libvips and the libraries below it run out of memory in many words. A limit that a file oversteps is not that. */
const OUT_OF_MEMORY =
  /out of memory|insufficient memory|not enough memory|(unable|failed|could not|cannot|can't) (to )?allocat|memory allocation|ENOMEM/i;
const LIMIT = /limit/i;

/** An operation of libvips that writes: the picture was read. */
const ENCODER = /^(jpeg|png|webp|heif|gif|cgif|spng)save/im;

/**
 * Why an original could not be rendered. Only what comes again with the same bytes may be said of them, because it
 * is cached: an error of libvips that names no lack of memory.
 */
export function reasonOfRenderFailure(error: unknown): Reason {
  // sharp's are plain errors without a code; a failed import and the mistakes of our own are not.
  const isPlain = error instanceof Error && error.constructor === Error && !('code' in error);
  if (!isPlain) return 'internal';
  const { message } = error;
  const isTransient = (OUT_OF_MEMORY.test(message) && !LIMIT.test(message)) || ENCODER.test(message);
  return isTransient ? 'internal' : 'undecodable';
}
