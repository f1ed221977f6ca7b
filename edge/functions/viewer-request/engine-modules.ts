import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** Returns the current value of a key in a CloudFront KeyValueStore; undefined if there is none. */
export type KeyValueStore = (key: string) => string | undefined;

/** A function's code, split into its imports and the rest; a `vm.Script` cannot contain imports. */
export interface ImportedCode {
  readonly body: string;
  readonly imports: readonly { readonly name: string; readonly module: string }[];
}

const IMPORT = /^\s*import\s+([\w$]+)\s+from\s*(["'])([\w-]+)\2\s*;?/;

/** Separates the imports at the start of a function's code. */
export function readImports(code: string): ImportedCode {
  const found = IMPORT.exec(code);
  if (!found) return { body: code, imports: [] };
  const [statement, name = '', , module = ''] = found;
  const { body, imports } = readImports(code.slice(statement.length));
  return { body, imports: [{ name, module }, ...imports] };
}

/**
 * The modules of CloudFront's engine, as source text that is given {@link createModuleHost}'s object. They are
 * evaluated inside the sandbox, so that they return objects of its realm and no way out of it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-custom-methods.html
 */
export const MODULES = `(host) => {
  const hashing = (digest) => {
    let text = '';
    const self = { update: (part) => { text += part; return self; }, digest: (encoding) => digest(text, encoding) };
    return self;
  };
  return {
    cloudfront: {
      kvs: () => ({
        get: async (key, options) => {
          const value = host.read(key);
          if (value === undefined) throw new Error('the key value store has no ' + key);
          return options && options.format === 'json' ? JSON.parse(value) : value;
        },
        exists: async (key) => host.read(key) !== undefined,
      }),
    },
    crypto: {
      createHash: (name) => hashing((text, encoding) => host.hash(name, text, encoding)),
      createHmac: (name, key) => hashing((text, encoding) => host.hmac(name, key, text, encoding)),
    },
  };
}`;

/** The parts of the modules that need Node. Only strings cross the sandbox's border. */
export function createModuleHost(store: KeyValueStore) {
  return {
    read: (key: unknown) => store(String(key)),
    hash: (name: string, text: string, encoding: unknown) =>
      digest(createHash(algorithm(name)).update(text), encoding),
    hmac: (name: string, key: string, text: string, encoding: unknown) =>
      digest(createHmac(algorithm(name), key).update(text), encoding),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html */
function algorithm(name: string): string {
  if (['md5', 'sha1', 'sha256'].includes(name)) return name;
  throw new Error(`CloudFront Functions have no ${name}, only md5, sha1 and sha256`);
}

function digest(hash: Hash | Hmac, encoding: unknown): string {
  if (encoding === 'hex' || encoding === 'base64' || encoding === 'base64url') return hash.digest(encoding);
  throw new Error(`the edge supports the digests hex, base64 and base64url, not ${encoding}`);
}
