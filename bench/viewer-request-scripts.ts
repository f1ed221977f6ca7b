import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { toScript } from '../build/viewer-request-script';
import { readCroppingOptions } from '../lib/configuration/cropping-options';
import type { CroppingOptions } from '../lib/configuration/options';
import { viewerRequestScript } from '../lib/cropping/viewer-request-function';

/** The key in the store. */
export const KEY = 'k'.repeat(43);

const NAMES = ['thumb', 'card', 'hero', 'avatar', 'banner', 'gallery', 'social', 'zoom'];

/** Eight types, as a larger site has them. */
export const TYPES: NonNullable<CroppingOptions['types']> = Object.fromEntries(
  NAMES.map((name, i) => [name, { w: 100 * (i + 1), h: 50 * (i + 1), format: 'auto', quality: 70 } as const]),
);

/** The function as it deploys. */
export function viewerRequest(signing: boolean): string {
  const options = readCroppingOptions({ signing, types: TYPES });
  return viewerRequestScript({ ...options, v: '0123abcd', typeVersions: {}, deployment: 'Edgecrop' });
}

/** The check of a token, minified like the function. */
export function tokenCheck(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'token-check.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2017',
    write: false,
  });
  return toScript(outputFiles[0]?.text ?? '');
}

/** A URL with a token that is good. */
export function tokenUrl(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: '1234567890', name: 'Jane Doe', iat: 1_516_239_022, nbf: 1_516_239_022 };
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, exp: 4_102_444_800 })}`;
  return `/index.html?jwt=${text}.${createHmac('sha256', KEY).update(text).digest('base64url')}`;
}
