import type { CloudFrontHeaders } from 'aws-lambda';
import { removeHeaders, removeValidators, setHeader } from './headers';

/** How long a fallback that would end the same way again is cached, in seconds. */
const PERMANENT_FALLBACK_TTL = 3_600;

/**
 * CloudFront caches a 400, 403 or 415 only if it has a `max-age`. Without one, each would run the function. In seconds.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const REFUSAL_TTL = 60;

/** An upload that comes late shows within this time, in seconds. */
const MISSING_TTL = 60;

/** Longer than a deploy takes to reach the next location, in seconds. */
const VERSION_MISMATCH_TTL = 60;

export interface VariantCaching {
  /** Seconds in caches for an object without a Cache-Control. */
  readonly ttl: number;
  /** The cache key has the pixels of another version of this function, because a deploy is under way. */
  readonly isVersionMismatch: boolean;
}

/** Caches a variant as its original says, else as the deployer does. */
export function cacheVariant(headers: CloudFrontHeaders, { ttl, isVersionMismatch }: VariantCaching): void {
  if (isVersionMismatch) {
    // The other version's pixels belong under this key, so it expires soon and cannot be revalidated.
    removeValidators(headers);
    removeHeaders(headers, 'expires');
    setHeader(headers, 'cache-control', `public, max-age=${VERSION_MISMATCH_TTL}`);
  } else if (headers['cache-control'] === undefined && headers.expires === undefined) {
    setHeader(headers, 'cache-control', `public, max-age=${ttl}`);
  }
}

/** Caches an original in the place of a variant, without validators: a 304 would extend its life. */
export function cacheFallback(headers: CloudFrontHeaders, isPermanent: boolean): void {
  removeValidators(headers);
  removeHeaders(headers, 'expires');
  setHeader(headers, 'cache-control', isPermanent ? `public, max-age=${PERMANENT_FALLBACK_TTL}` : 'no-store');
}

/** Caches what stands in for an object that is not there, without validators: they would be another object's. */
export function cacheMissing(headers: CloudFrontHeaders): void {
  removeValidators(headers);
  removeHeaders(headers, 'expires');
  setHeader(headers, 'cache-control', `public, max-age=${MISSING_TTL}`);
}

/** Caches a response that refuses the request. */
export function cacheRefusal(headers: CloudFrontHeaders): void {
  setHeader(headers, 'cache-control', `max-age=${REFUSAL_TTL}`);
}
