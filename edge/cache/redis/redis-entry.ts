import { z } from 'zod';
import type { StoredResponse } from '../response-cache';

/** Raised with every change of the layout: an edge of another version sees a miss, not nonsense. */
const LAYOUT = 1;
const PREAMBLE = 5;

const metadataSchema = z.object({
  status: z.number(),
  statusDescription: z.string(),
  headers: z.record(z.string(), z.string()),
  storedAt: z.number(),
  expiresAt: z.number(),
});

/** One value for headers and body: layout (1 byte), length of the metadata (4 bytes), metadata, body. */
export function encodeEntry({ body, ...metadata }: StoredResponse): Buffer {
  const json = Buffer.from(JSON.stringify(metadata));
  const preamble = Buffer.alloc(PREAMBLE);
  preamble.writeUInt8(LAYOUT, 0);
  preamble.writeUInt32BE(json.length, 1);
  return Buffer.concat([preamble, json, body]);
}

/** @returns undefined for what this version has not written */
export function decodeEntry(value: Buffer): StoredResponse | undefined {
  if (value.length < PREAMBLE || value.readUInt8(0) !== LAYOUT) return undefined;
  const start = PREAMBLE + value.readUInt32BE(1);
  if (start > value.length) return undefined;
  try {
    const metadata = metadataSchema.parse(JSON.parse(value.toString('utf8', PREAMBLE, start)));
    return { ...metadata, body: value.subarray(start) };
  } catch {
    return undefined;
  }
}
