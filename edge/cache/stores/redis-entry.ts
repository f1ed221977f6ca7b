import { z } from 'zod';
import type { StoredResponse } from '../response-cache';

/** Version of the layout. An entry of another version reads as a miss. */
const LAYOUT = 1;
const PREAMBLE_BYTES = 5;

const metadataSchema = z.object({
  status: z.number(),
  statusDescription: z.string(),
  headers: z.record(z.string(), z.string()),
  storedAt: z.number(),
  expiresAt: z.number(),
});

/** Encodes a response as one value: layout (1 byte), length of the metadata (4 bytes), metadata as JSON, body. */
export function encodeEntry({ body, ...metadata }: StoredResponse): Buffer {
  const json = Buffer.from(JSON.stringify(metadata));
  const preamble = Buffer.alloc(PREAMBLE_BYTES);
  preamble.writeUInt8(LAYOUT, 0);
  preamble.writeUInt32BE(json.length, 1);
  return Buffer.concat([preamble, json, body]);
}

/** @returns undefined if the value is not an entry of this layout */
export function decodeEntry(value: Buffer): StoredResponse | undefined {
  if (value.length < PREAMBLE_BYTES || value.readUInt8(0) !== LAYOUT) return undefined;
  const start = PREAMBLE_BYTES + value.readUInt32BE(1);
  if (start > value.length) return undefined;
  try {
    const metadata = metadataSchema.parse(JSON.parse(value.toString('utf8', PREAMBLE_BYTES, start)));
    return { ...metadata, body: value.subarray(start) };
  } catch {
    return undefined;
  }
}
