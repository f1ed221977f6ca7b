/**
 * Whether a text can be a signing key: too long to be guessed, short enough for a value of a CloudFront
 * KeyValueStore, and without a character that a shell or a URL would need to escape.
 */
export function isSigningKey(key: string): boolean {
  return /^[A-Za-z0-9_-]{32,128}$/.test(key);
}
