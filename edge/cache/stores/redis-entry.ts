import { z } from 'zod';
import type { StoredResponse } from '../response-cache';

/** Versions of the layout: the body follows, or is a value of its own. An entry of another version reads as a miss. */
const BODY_FOLLOWS = 1;
const BODY_APART = 2;
const PREAMBLE_BYTES = 5;

const metadataSchema = z.object({
  status: z.number(),
  statusDescription: z.string(),
  headers: z.record(z.string(), z.string()),
  storedAt: z.number(),
  expiresAt: z.number(),
  longBody: z.object({ key: z.string(), length: z.number() }).optional(),
});

/** Where a long body is. */
export interface LongBody {
  readonly key: string;
  readonly length: number;
}

export interface RedisEntry {
  /** Without its body if that is a value of its own. */
  readonly response: StoredResponse;
  readonly longBody: LongBody | undefined;
}

/**
 * Encodes a response as one value: layout (1 byte), length of the metadata (4 bytes), metadata as JSON, body.
 *
 * @param longBody where the body is, if it is not to follow
 */
export function encodeEntry({ body, ...metadata }: StoredResponse, longBody?: LongBody): Buffer {
  const json = Buffer.from(JSON.stringify({ ...metadata, longBody }));
  const preamble = Buffer.alloc(PREAMBLE_BYTES);
  preamble.writeUInt8(longBody ? BODY_APART : BODY_FOLLOWS, 0);
  preamble.writeUInt32BE(json.length, 1);
  return Buffer.concat(longBody ? [preamble, json] : [preamble, json, body]);
}

/** @returns undefined if the value is not an entry of a known layout */
export function decodeEntry(value: Buffer): RedisEntry | undefined {
  const layout = value.length < PREAMBLE_BYTES ? undefined : value.readUInt8(0);
  if (layout !== BODY_FOLLOWS && layout !== BODY_APART) return undefined;
  const start = PREAMBLE_BYTES + value.readUInt32BE(1);
  if (start > value.length) return undefined;
  try {
    const parsed = metadataSchema.parse(JSON.parse(value.toString('utf8', PREAMBLE_BYTES, start)));
    const { longBody, ...metadata } = parsed;
    return { response: { ...metadata, body: value.subarray(start) }, longBody };
  } catch {
    return undefined;
  }
}
