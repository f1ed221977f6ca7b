import type { CloudFrontRequest } from 'aws-lambda';
import type { BadInput } from '../../contract/bad-input';

/** Where the original lies. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
}

export type Located =
  | { readonly kind: 'object'; readonly location: ObjectLocation }
  | { readonly kind: 'bad'; readonly bad: BadInput }
  | { readonly kind: 'not-s3' };

// Bucket names may hold dots, so the first dot ends nothing.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
const REGIONAL = /^(.+)\.s3(?:\.dualstack)?[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;
const GLOBAL = /^(.+)\.s3\.amazonaws\.com$/;

/**
 * Finds the object that the origin has just answered with. The event names the bucket, so the function
 * needs no setting for it, which could only be a token at synth.
 */
export function locate(request: CloudFrontRequest): Located {
  const origin = request.origin?.s3;
  if (origin === undefined) return { kind: 'not-s3' };
  const global = GLOBAL.exec(origin.domainName);
  const [, bucket, region] = global ?? REGIONAL.exec(origin.domainName) ?? [];
  if (bucket === undefined) return { kind: 'not-s3' };
  const key = decodeKey(`${origin.path ?? ''}${request.uri}`.slice(1));
  if (key === undefined) {
    return { kind: 'bad', bad: { parameter: 'path', value: request.uri, allowed: 'UTF-8, percent-encoded' } };
  }
  return { kind: 'object', location: { bucket, region: region ?? 'us-east-1', key } };
}

/**
 * Decodes a key as S3 does: a plus sign is a space, and nothing is normalised, so that a name in NFD (as
 * macOS writes Korean) stays what it is.
 */
function decodeKey(path: string): string | undefined {
  try {
    return decodeURIComponent(path.replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}
