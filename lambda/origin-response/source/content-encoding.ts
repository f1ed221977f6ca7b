import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Reason } from '../failure/reason';
import { sniff } from './sniff';

export type Decoded =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly reason: Reason; readonly detail: string };

type Decoder = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: promisify(gunzip) as Decoder,
  'x-gzip': promisify(gunzip) as Decoder,
  deflate: promisify(inflate) as Decoder,
  br: promisify(brotliDecompress) as Decoder,
};

/** Say nothing about the bytes; S3 keeps the first from some uploads. */
const NO_ENCODINGS = ['aws-chunked', 'identity', ''];

/**
 * Undoes the `Content-Encoding` of an original. Where the bytes are a picture already, the header is wrong.
 *
 * @param header as S3 has it
 * @param maxBytes of the original without its encoding
 */
export async function decodeContent(
  stored: Buffer,
  header: string | undefined,
  maxBytes: number,
): Promise<Decoded> {
  const encodings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => !NO_ENCODINGS.includes(encoding));
  if (encodings.length === 0 || sniff(stored) !== undefined) return { kind: 'bytes', bytes: stored };
  let bytes = stored;
  // The last one was applied last.
  for (const encoding of encodings.reverse()) {
    const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
    if (decode === undefined) return failed('content-encoding', `unknown: ${encoding}`);
    try {
      bytes = await decode(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
        return failed('source-bytes', `more than ${maxBytes} without ${encoding}`);
      }
      return failed('content-encoding', `${encoding}: ${(error as Error).message}`);
    }
  }
  return { kind: 'bytes', bytes };
}

function failed(reason: Reason, detail: string): Decoded {
  return { kind: 'failed', reason, detail };
}
