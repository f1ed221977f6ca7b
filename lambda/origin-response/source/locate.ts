import type { CloudFrontRequest } from 'aws-lambda';
import type { BadInput } from '../../contract/bad-input';

/** Where the original is. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
}

export type Located =
  | { readonly kind: 'object'; readonly location: ObjectLocation }
  | { readonly kind: 'bad'; readonly bad: BadInput }
  | { readonly kind: 'not-s3' };

// A bucket name may contain dots.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
const REGIONAL = /^(.+)\.s3(?:\.dualstack)?[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;
const GLOBAL = /^(.+)\.s3\.amazonaws\.com$/;

/**
 * Finds the object that S3 has just answered with. The bucket comes from the event: at synth its name would only be a
 * token, so a setting could not hold it.
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

/** Decodes a key as S3 does: a plus sign is a space, and Unicode is not normalised (macOS writes Korean in NFD). */
function decodeKey(path: string): string | undefined {
  try {
    return decodeURIComponent(path.replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}
