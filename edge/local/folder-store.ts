import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lookup } from 'mime-types';
import { errorCode } from '../../errors/error-code';
import type { Headers } from '../http/http-types';

/** Metadata of objects that a folder cannot hold: `cache-control`, `x-amz-meta-…`, another `content-type`. */
export type ObjectMetadata = (key: string) => Headers;

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

interface StoredObject {
  readonly metadata: Headers;
  readonly size: number;
  readonly lastModifiedDate: Date;
  readonly content: Readable | undefined;
  readonly range: ByteRange | undefined;
}

/** What the embedded S3 server asks of the place where objects are. */
export interface FolderStore {
  getBucket(bucket: string): Promise<{ readonly name: string } | null>;
  putBucket(bucket: string): Promise<void>;
  getSubresource(): Promise<null>;
  existsObject(bucket: string, key: string): Promise<boolean>;
  getMetadata(bucket: string, key: string): Promise<Headers | undefined>;
  getObject(bucket: string, key: string, options?: Partial<ByteRange>): Promise<StoredObject | null>;
}

export interface FolderStoreOptions {
  readonly bucket: string;
  readonly folder: string;
  /**
   * A second folder, for the keys that the first one does not have.
   *
   * @default - none
   */
  readonly fallbackFolder?: string;
  readonly metadata: ObjectMetadata;
}

/**
 * A folder as a bucket that can only be read: each file is an object and its relative path the key. A file is
 * looked at when it is asked for, so thousands of them cost nothing at the start and a change shows at once.
 */
export function createFolderStore(options: FolderStoreOptions): FolderStore {
  const { bucket, folder, fallbackFolder, metadata } = options;
  const etags = new Map<string, { readonly version: string; readonly etag: string }>();

  const etagOf = async (path: string, { mtimeMs, size }: Stats): Promise<string> => {
    const version = `${mtimeMs} ${size}`;
    const known = etags.get(path);
    if (known?.version === version) return known.etag;
    const hash = createHash('md5');
    await pipeline(createReadStream(path), hash);
    const etag = `"${hash.digest('hex')}"`;
    etags.set(path, { version, etag });
    return etag;
  };

  const find = async (name: string, key: string) => {
    if (name !== bucket) return undefined;
    const file = (await fileIn(folder, key)) ?? (fallbackFolder && (await fileIn(fallbackFolder, key)));
    if (!file) return undefined;
    const { path, stats } = file;
    const headers: Headers = {
      'content-type': lookup(key) || 'binary/octet-stream',
      ...metadata(key),
      etag: await etagOf(path, stats),
      'last-modified': stats.mtime.toUTCString(),
      'content-length': String(stats.size),
    };
    return { path, stats, headers };
  };

  return {
    getBucket: async (name) => (name === bucket ? { name } : null),
    putBucket: async () => {},
    getSubresource: async () => null,
    existsObject: async (name, key) => (await find(name, key)) !== undefined,
    getMetadata: async (name, key) => (await find(name, key))?.headers,
    getObject: async (name, key, { start = 0, end } = {}) => {
      const found = await find(name, key);
      if (!found) return null;
      const { path, stats, headers } = found;
      const lastByte = stats.size - 1;
      const asked = start !== 0 || end !== undefined;
      const range = { start, end: Math.min(end ?? lastByte, lastByte) };
      const empty = range.end < range.start;
      return {
        metadata: headers,
        size: stats.size,
        // Whole seconds, as in the header that comes back in `If-Modified-Since`.
        lastModifiedDate: new Date(stats.mtime.toUTCString()),
        content: asked && empty ? undefined : openOnRead(path, empty ? undefined : range),
        range: asked ? range : undefined,
      };
    },
  };
}

/** Several buckets as one store. */
export function createStoreOfBuckets(stores: ReadonlyMap<string, FolderStore>): FolderStore {
  return {
    getBucket: async (name) => (stores.has(name) ? { name } : null),
    putBucket: async () => {},
    getSubresource: async () => null,
    existsObject: async (name, key) => (await stores.get(name)?.existsObject(name, key)) ?? false,
    getMetadata: async (name, key) => stores.get(name)?.getMetadata(name, key),
    getObject: async (name, key, range) => (await stores.get(name)?.getObject(name, key, range)) ?? null,
  };
}

/** The server drops a stream unread when it answers 304, so the file is not opened before it is read. */
function openOnRead(path: string, range: ByteRange | undefined): Readable {
  return Readable.from(range ? createLazily(path, range) : [], { objectMode: false });
}

async function* createLazily(path: string, range: ByteRange): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { ...range, highWaterMark: 1 << 20 });
}

const ABSENT: readonly string[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EACCES', 'ELOOP'];

/** The file of a key, or undefined where no file can have that key: nothing leads out of the folder. */
function pathOf(folder: string, key: string): string | undefined {
  const segments = key.split('/');
  const named = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  const foreign = key.includes('\0') || (process.platform === 'win32' && /[\\:]/.test(key));
  return named && !foreign ? join(folder, ...segments) : undefined;
}

async function fileIn(folder: string, key: string) {
  const path = pathOf(folder, key);
  const stats = path && (await statFile(path));
  return path && stats && { path, stats };
}

async function statFile(path: string): Promise<Stats | undefined> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats : undefined;
  } catch (error) {
    if (ABSENT.includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
