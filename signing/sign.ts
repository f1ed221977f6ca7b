import { createHmac } from 'node:crypto';
import { assertSigningKey, readSignableUrl, type SignOptions } from './signable-url';

/**
 * Signs a URL for a deployment with `signing: true`. For a server only: whoever has the key can sign anything.
 *
 * Every spelling of one crop has one signature, and a signature that is already there is replaced.
 *
 * @param url whole, without its scheme (`//host/…`), or from its path on
 * @param key as `npm run keys` makes it: 32 to 128 characters of base64url
 * @throws TypeError or RangeError: one line that says what came and what is allowed; never the key
 */
export function signUrl(url: string, key: string, options: SignOptions = {}): string {
  assertSigningKey(key);
  const signable = readSignableUrl(url, options);
  return signable.signedWith(createHmac('sha256', key).update(signable.stringToSign).digest('base64url'));
}
