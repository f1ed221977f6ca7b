import { Readable } from 'node:stream';

/** A body that is held in memory, or one that is passed on as it arrives. A stream has one reader. */
export type Body = Buffer | Readable;

/** Bodies up to this length, in bytes, are held in memory and may be cached. Longer ones are passed on as they arrive. */
export const MAX_HELD_BYTES = 16_000_000;

/** Reads the length that headers announce; undefined if they announce none. */
export function announcedLength(headers: Readonly<Record<string, string>>): number | undefined {
  const length = Number(headers['content-length'] ?? Number.NaN);
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/**
 * Reads a whole stream.
 *
 * @param length the number of bytes that were announced
 * @throws if another number of bytes arrives: a part must never be taken for the whole
 */
export async function collectBody(stream: Readable, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let arrived = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (arrived + chunk.length <= length) bytes.set(chunk, arrived);
    arrived += chunk.length;
    freeMemory(chunk);
  }
  if (arrived !== length) throw new Error(`${arrived} of ${length} bytes arrived`);
  return bytes;
}

/** Node 22 and later. https://nodejs.org/api/globals.html#class-arraybuffer */
interface Transferable {
  transfer?(newLength: number): unknown;
}

/**
 * Frees the memory of a buffer at once, where Node can do that; the buffer must not be used afterwards. Left to V8, such
 * memory causes full garbage collections. Memory that the buffer shares with others is not freed.
 */
export function freeMemory({ buffer, length }: Buffer): void {
  if (buffer.byteLength === length) (buffer as Transferable).transfer?.(0);
}

/** Ends the transfer of a body that nobody reads. */
export function discardBody(body: Body): void {
  if (body instanceof Readable) body.destroy();
}
