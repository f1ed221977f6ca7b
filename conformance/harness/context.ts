import { signUrl } from '../../signing/sign';
import type { ObjectName, TestObjects } from '../objects/objects';
import type { Bucket } from '../objects/store';
import type { Ask } from './client';

/** What a check has to work with. */
export interface Context {
  readonly ask: Ask;
  readonly objects: TestObjects;
  /** In front of every key. */
  readonly prefix: string;
  /**
   * Where objects can be put while the checks run.
   *
   * @default - they were prepared before, and nothing can be put
   */
  readonly bucket?: Bucket;
  /**
   * Where the deployment answers signed URLs only: `ask` signs, and this does not.
   *
   * @default - nothing is signed
   */
  readonly askUnsigned?: Ask;
  /** The path of an object. */
  original(name: ObjectName): string;
  /** The path and query of a crop. */
  crop(name: ObjectName, query: string): string;
  /**
   * A parameter that no request of this run or, most likely, another has had: a focal point, which makes a
   * cache entry of its own and changes no pixel where the crop has the picture's ratio.
   */
  fresh(): string;
}

export interface ContextOptions {
  readonly ask: Ask;
  readonly objects: TestObjects;
  readonly prefix: string;
  readonly bucket?: Bucket;
  /** The key of a deployment that answers signed URLs only. */
  readonly signingKey?: string;
  /**
   * Where focal points begin to be counted from, 0…999,999.
   *
   * @default - anywhere
   */
  readonly seed?: number;
}

/** A focal point is kept to three decimals, so there are a million of them. */
const POINTS = 1_000_000;

export function createContext(options: ContextOptions): Context {
  const { ask, objects, prefix, bucket, seed, signingKey } = options;
  let point = seed ?? Math.floor(Math.random() * POINTS);
  const original = (name: ObjectName) => pathOf(`${prefix}${objects[name].key}`);
  return {
    ask: signingKey === undefined ? ask : (path, asked) => ask(signed(path, signingKey), asked),
    ...(signingKey !== undefined && { askUnsigned: ask }),
    objects,
    prefix,
    ...(bucket && { bucket }),
    original,
    crop: (name, query) => `${original(name)}?t=A&${query}`,
    fresh: () => {
      // A prime that steps over the points keeps those of one run apart in both coordinates.
      point = (point + 7_919) % POINTS;
      return `position=${Math.floor(point / 1000) / 1000},${(point % 1000) / 1000}`;
    },
  };
}

/** What cannot be signed goes as it is, to be refused. */
function signed(path: string, key: string): string {
  try {
    return signUrl(path, key);
  } catch {
    return path;
  }
}

/** The path of a key, everything escaped but its slashes. */
export function pathOf(key: string): string {
  return `/${key.split('/').map(encodeURIComponent).join('/')}`;
}
