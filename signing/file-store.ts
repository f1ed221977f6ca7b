import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { errorCode } from '../errors/error-code';
import { UserError } from '../errors/user-error';
import type { KeyStore } from './key-store';
import { readSigningKeys } from './signing-keys';

/** The file of an edge on a machine of one's own: `npm run edge -- --signing-keys FILE`. */
export function createFileStore(file: string): KeyStore {
  const text = async (): Promise<string | undefined> => {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw new UserError(`${file} can't be read: ${errorCode(error)}`, { cause: error });
    }
  };
  return {
    name: file,
    read: async () => {
      const found = await text();
      return {
        keys: found === undefined ? undefined : readSigningKeys(found, file),
        version: versionOf(found),
      };
    },
    write: async (keys, version) => {
      if (versionOf(await text()) !== version) {
        throw new UserError(`${file} was changed meanwhile by somebody else; run it again`);
      }
      const part = `${file}.${process.pid}`;
      try {
        // Whole or not at all: an edge reads it as soon as it changes.
        await writeFile(part, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 });
        await rename(part, file);
      } catch (error) {
        throw new UserError(`${file} can't be written: ${errorCode(error)}`, { cause: error });
      }
    },
  };
}

function versionOf(text: string | undefined): string {
  return createHash('sha256')
    .update(text ?? '')
    .digest('hex');
}
