import type { CloudFrontHeaders } from 'aws-lambda';

/** Sets one header in place, replacing any value. */
export function setHeader(headers: CloudFrontHeaders, name: string, value: string): void {
  headers[name] = [{ key: name, value }];
}

/** Removes headers in place. */
export function removeHeaders(headers: CloudFrontHeaders, ...names: readonly string[]): void {
  for (const name of names) delete headers[name];
}

/** Removes ETag and Last-Modified, so that no 304 extends the life of a response that is not the variant. */
export function removeValidators(headers: CloudFrontHeaders): void {
  removeHeaders(headers, 'etag', 'last-modified');
}

/** Removes the headers that describe S3's body and not ours. */
export function removeBodyHeaders(headers: CloudFrontHeaders): void {
  removeHeaders(headers, 'content-length', 'content-range', 'content-encoding', 'accept-ranges');
}

/** Size of the headers on the wire, in bytes. */
export function headerBytes(headers: CloudFrontHeaders): number {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map(({ key, value }) => Buffer.byteLength(`${key ?? name}: ${value}\r\n`)),
  );
  return lines.reduce((sum, bytes) => sum + bytes, 0);
}
