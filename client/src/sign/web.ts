/** Signed URLs by Web Crypto, for Workers, Deno and edge runtimes: `@edgecrop/client/sign/web`. */
import { assertSigningKey, readSignableUrl, type SignOptions } from '../../../signing/signable-url';

export type { SignOptions } from '../../../signing/signable-url';

/**
 * Signs a URL for a deployment with `signing: true`. For a server only: whoever has the key can sign anything.
 *
 * Every spelling of one crop has one signature, and a signature that is already there is replaced.
 *
 * @param url whole, without its scheme (`//host/…`), or from its path on
 * @param key as `npm run keys` makes it: 32 to 128 characters of base64url
 * @throws TypeError or RangeError: one line that says what came and what is allowed; never the key
 */
export async function signUrl(url: string, key: string, options: SignOptions = {}): Promise<string> {
  assertSigningKey(key);
  const signable = readSignableUrl(url, options);
  const bytes = new TextEncoder();
  const hmac = await crypto.subtle.importKey(
    'raw',
    bytes.encode(key),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signature = await crypto.subtle.sign('HMAC', hmac, bytes.encode(signable.stringToSign));
  return signable.signedWith(base64url(new Uint8Array(signature)));
}

/**
 * Signs each URL of a `srcset` that `srcSet` or `pictureSources` made: Web Crypto answers later, so those
 * cannot sign with it themselves.
 *
 * @throws TypeError or RangeError as {@link signUrl}
 */
export async function signSrcSet(srcSet: string, key: string, options: SignOptions = {}): Promise<string> {
  if (srcSet === '') return '';
  // A URL holds no space, so a comma within one separates nothing.
  const signed = srcSet.split(', ').map(async (candidate) => {
    const [url = '', ...descriptor] = candidate.split(' ');
    return [await signUrl(url, key, options), ...descriptor].join(' ');
  });
  return (await Promise.all(signed)).join(', ');
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
}
