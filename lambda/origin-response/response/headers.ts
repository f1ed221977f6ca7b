import type { CloudFrontHeaders } from 'aws-lambda';

/** Sets one header in place, whatever was there. */
export function setHeader(headers: CloudFrontHeaders, name: string, value: string): void {
  headers[name] = [{ key: name, value }];
}

/** Removes headers in place. */
export function removeHeaders(headers: CloudFrontHeaders, ...names: readonly string[]): void {
  for (const name of names) delete headers[name];
}

/** With them a 304 would one day extend the life of what is not the variant. */
export function removeValidators(headers: CloudFrontHeaders): void {
  removeHeaders(headers, 'etag', 'last-modified');
}

/** What described S3's body and does not describe ours. */
export function removeBodyHeaders(headers: CloudFrontHeaders): void {
  removeHeaders(headers, 'content-length', 'content-range', 'content-encoding', 'accept-ranges');
}

/** What the headers come to on the wire. */
export function headerBytes(headers: CloudFrontHeaders): number {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map(({ key, value }) => Buffer.byteLength(`${key ?? name}: ${value}\r\n`)),
  );
  return lines.reduce((sum, bytes) => sum + bytes, 0);
}
