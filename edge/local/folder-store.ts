import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lookup } from 'mime-types';
import { errorCode } from '../../errors/error-code';
import type { Headers } from '../http/headers';

/** Returns the metadata of an object that a file does not have: `cache-control`, `x-amz-meta-…`, another `content-type`. */
export type ObjectMetadata = (key: string) => Headers;

/** An object of a bucket. */
export interface StoredObject {
  /** The file that holds it. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly etag: string;
  readonly lastModified: string;
  /** All other headers. */
  readonly metadata: Headers;
}

/** Folders as read-only buckets: every file is an object, and its relative path is the key. */
export interface FolderStore {
  hasBucket(bucket: string): boolean;
  /** @returns undefined if there is no such object */
  find(bucket: string, key: string): Promise<StoredObject | undefined>;
}

export interface FolderStoreOptions {
  /** The folder of each bucket, by the bucket's name. */
  readonly folders: ReadonlyMap<string, string>;
  /**
   * A second folder, for keys that a bucket's own folder does not have.
   *
   * @default - none
   */
  readonly fallbackFolder?: string;
  /**
   * @default - only the content type that the key's extension implies
   */
  readonly metadata?: ObjectMetadata;
}

/** Creates the store. Files are looked up on demand, so that it starts at once and changes are visible at once. */
export function createFolderStore(options: FolderStoreOptions): FolderStore {
  const { folders, fallbackFolder, metadata } = options;
  const etagOf = createEtagCache();
  return {
    hasBucket: (bucket) => folders.has(bucket),
    find: async (bucket, key) => {
      const file =
        (await findFile(folders.get(bucket), key)) ??
        (folders.has(bucket) ? await findFile(fallbackFolder, key) : undefined);
      return (
        file && {
          path: file.path,
          size: file.stats.size,
          etag: await etagOf(file.path, file.stats),
          lastModified: file.stats.mtime.toUTCString(),
          metadata: { 'content-type': lookup(key) || 'binary/octet-stream', ...metadata?.(key) },
        }
      );
    },
  };
}

/** S3's ETag is the MD5 of the object. It is computed once per version of a file. */
function createEtagCache(): (path: string, stats: Stats) => Promise<string> {
  const known = new Map<string, { readonly version: string; readonly etag: string }>();
  return async (path, { mtimeMs, size }) => {
    const version = `${mtimeMs} ${size}`;
    const entry = known.get(path);
    if (entry?.version === version) return entry.etag;
    const hash = createHash('md5');
    await pipeline(createReadStream(path), hash);
    const etag = `"${hash.digest('hex')}"`;
    known.set(path, { version, etag });
    return etag;
  };
}

async function findFile(folder: string | undefined, key: string) {
  const path = folder === undefined ? undefined : pathOfFile(folder, key);
  const stats = path === undefined ? undefined : await statFile(path);
  return path !== undefined && stats ? { path, stats } : undefined;
}

/**
 * Returns the file of a key. Dot files are private, which also excludes `..`, so that no key leads out of the
 * folder.
 *
 * @returns undefined if no file can have that key
 */
function pathOfFile(folder: string, key: string): string | undefined {
  const segments = key.split('/');
  const isAllowed = segments.every((segment) => segment !== '' && !segment.startsWith('.'));
  const isForeign = key.includes('\0') || (process.platform === 'win32' && /[\\:]/.test(key));
  return isAllowed && !isForeign ? join(folder, ...segments) : undefined;
}

const ABSENT: readonly string[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EACCES', 'ELOOP'];

async function statFile(path: string): Promise<Stats | undefined> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats : undefined;
  } catch (error) {
    if (ABSENT.includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
