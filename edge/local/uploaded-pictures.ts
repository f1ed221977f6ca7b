import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { lookup } from 'mime-types';
import { PICTURE } from './image-folder';

/** The largest picture that is taken, in bytes: as much as the functions read of an original by default. */
export const MAX_PICTURE_BYTES = 50_000_000;
/** What all of them may take together, in bytes. */
const MAX_BYTES = 500_000_000;
/** The longest name, in UTF-16 units; file systems end at 255 bytes. */
const MAX_NAME = 80;
/** In front of the keys, so that nobody takes them for pictures of the folder. */
const PREFIX = '_dropped';

/** What somebody wants to try. */
export interface DroppedPicture {
  readonly name: string;
  /** Its media type, as the browser has it. */
  readonly type: string | undefined;
  readonly body: Readable;
}

export type Dropped =
  | { readonly kind: 'held'; readonly key: string }
  /** One line: what came, what is allowed. */
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 | 507; readonly line: string };

/** Pictures that are tried out: files in a temporary folder, whose paths are their keys. */
export interface DroppedPictures {
  readonly folder: string;
  add(picture: DroppedPicture): Promise<Dropped>;
  /** The latest first. */
  keys(): readonly string[];
  /** Removes them all. */
  close(): Promise<void>;
}

/**
 * Makes room for pictures that are tried out. The key holds a hash of the bytes: another picture of the same
 * name is another URL, and never answered with variants of the first.
 *
 * @param originPath the folder of the bucket in which the paths of URLs begin; empty for all of it
 */
export async function createDroppedPictures(originPath = ''): Promise<DroppedPictures> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-dropped-'));
  await mkdir(join(folder, originPath, PREFIX), { recursive: true });
  const sizes = new Map<string, number>();
  const total = () => [...sizes.values()].reduce((sum, size) => sum + size, 0);

  return {
    folder,
    add: async ({ name, type, body }) => {
      const bad = nameError(name) ?? typeError(name, type);
      if (bad) return bad;
      const bytes = await readUpTo(body, MAX_PICTURE_BYTES);
      if (!bytes) {
        return refused(
          413,
          `${shown(name)}: got more than ${MAX_PICTURE_BYTES} bytes, allowed: at most that`,
        );
      }
      if (bytes.length === 0) return refused(400, `${shown(name)}: got no bytes, allowed: a picture`);
      const key = `${PREFIX}/${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}-${name}`;
      if (!sizes.has(key) && total() + bytes.length > MAX_BYTES) {
        return refused(507, `all dropped pictures: got more than ${MAX_BYTES} bytes; start the edge again`);
      }
      await writeFile(join(folder, originPath, key), bytes);
      sizes.delete(key);
      sizes.set(key, bytes.length);
      return { kind: 'held', key };
    },
    keys: () => [...sizes.keys()].reverse(),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A name is one segment of a key, and a file on every system. */
function nameError(name: string): Dropped | undefined {
  const fine = name.length <= MAX_NAME && PICTURE.test(name) && !/[\p{C}/\\:*?"<>|]/u.test(name);
  return fine
    ? undefined
    : refused(
        400,
        `name: got ${shown(name)}, allowed: at most ${MAX_NAME} letters that end in .jpg, .png, .webp, .avif, .gif or .tiff`,
      );
}

/** Browsers know most types by the name's end, as we do; what they take for something else is none. */
function typeError(name: string, type: string | undefined): Dropped | undefined {
  return type === undefined || type.startsWith('image/')
    ? undefined
    : refused(415, `content-type: got ${shown(type)}, allowed: ${lookup(name) || 'image/…'}`);
}

function refused(status: 400 | 413 | 415 | 507, line: string): Dropped {
  return { kind: 'refused', status, line };
}

function shown(text: string): string {
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
