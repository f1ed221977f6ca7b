import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { lookup } from 'mime-types';
import { isPictureName } from './picture-name';

/** The largest picture that is accepted, in bytes. The functions read originals up to the same size by default. */
export const MAX_PICTURE_BYTES = 50_000_000;
/** Limit for all pictures together, in bytes. */
const MAX_BYTES = 500_000_000;
/** The longest name, in UTF-16 units. Most file systems allow 255 bytes. */
const MAX_NAME = 80;
/** Prefix of the keys, which tells uploads from pictures of the folder. */
const PREFIX = '_dropped';

/** A picture that was dropped on the playground. */
export interface PictureUpload {
  readonly name: string;
  /** The media type that the browser sent. */
  readonly type: string | undefined;
  readonly body: Readable;
}

export type UploadResult =
  | { readonly kind: 'stored'; readonly key: string }
  /** `line` says what was received and what is allowed. */
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 | 507; readonly line: string };

/** Uploads: files in a temporary folder, whose relative paths are their keys. */
export interface UploadedPictures {
  readonly folder: string;
  add(picture: PictureUpload): Promise<UploadResult>;
  /** Newest first. */
  keys(): readonly string[];
  /** Removes all pictures. */
  close(): Promise<void>;
}

/**
 * Creates an empty store for uploads. A key contains a hash of the picture, so that another picture with the same
 * name is never answered with cached variants of the first.
 *
 * @param originPath the origin's path in its bucket; empty if there is none
 * @param heic whether HEIC is accepted
 */
export async function createUploadedPictures(originPath = '', heic = false): Promise<UploadedPictures> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-uploads-'));
  await mkdir(join(folder, originPath, PREFIX), { recursive: true });
  const sizes = new Map<string, number>();
  const total = () => [...sizes.values()].reduce((sum, size) => sum + size, 0);

  return {
    folder,
    add: async ({ name, type, body }) => {
      const fault = nameError(name, heic) ?? typeError(name, type);
      if (fault) return fault;
      const bytes = await readUpTo(body, MAX_PICTURE_BYTES);
      if (!bytes) {
        return refused(
          413,
          `${quote(name)}: got more than ${MAX_PICTURE_BYTES} bytes, allowed: at most that`,
        );
      }
      if (bytes.length === 0) return refused(400, `${quote(name)}: got no bytes, allowed: a picture`);
      const key = `${PREFIX}/${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}-${name}`;
      if (!sizes.has(key) && total() + bytes.length > MAX_BYTES) {
        return refused(
          507,
          `all uploads together: got more than ${MAX_BYTES} bytes; restart the edge to remove them`,
        );
      }
      await writeFile(join(folder, originPath, key), bytes);
      sizes.delete(key);
      sizes.set(key, bytes.length);
      return { kind: 'stored', key };
    },
    keys: () => [...sizes.keys()].reverse(),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The name becomes one segment of a key, and must be a valid file name on every system. */
function nameError(name: string, heic: boolean): UploadResult | undefined {
  const isValid = name.length <= MAX_NAME && isPictureName(name, heic) && !/[\p{C}/\\:*?"<>|]/u.test(name);
  return isValid
    ? undefined
    : refused(
        400,
        `name: got ${quote(name)}, allowed: at most ${MAX_NAME} characters, ending in .jpg, .png, .webp, .avif, .gif or .tiff${heic ? ', or .heic' : ''}`,
      );
}

/** Browsers derive the type from the file extension. A type that is not an image's contradicts the name. */
function typeError(name: string, type: string | undefined): UploadResult | undefined {
  return type === undefined || type.startsWith('image/')
    ? undefined
    : refused(415, `content-type: got ${quote(type)}, allowed: ${lookup(name) || 'image/…'}`);
}

function refused(status: 400 | 413 | 415 | 507, line: string): UploadResult {
  return { kind: 'refused', status, line };
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

async function readUpTo(body: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}
