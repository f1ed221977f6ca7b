/**
 * Why the original is answered in place of a variant, and whether asking again could end otherwise:
 * `lasting` may be cached for an hour, `passing` not at all.
 */
export const REASONS = {
  /** The file is larger than `limits.sourceBytes`. */
  'source-bytes': 'lasting',
  /** The picture, all frames together, has more pixels than `limits.sourcePixels`. */
  'source-pixels': 'lasting',
  /** A signature that we know, with a body that does not decode. */
  undecodable: 'lasting',
  /** No quality and no size brought the variant under CloudFront's limit. */
  'variant-bytes': 'lasting',
  /** The object was replaced between CloudFront's read and ours. */
  'origin-changed': 'passing',
  /** S3 refused, failed or broke off. */
  'origin-failed': 'passing',
  /** The picture was not ready in time. */
  'out-of-time': 'passing',
  /** A mistake of ours, or an origin that is not S3. */
  internal: 'passing',
} as const satisfies Record<string, 'lasting' | 'passing'>;

export type Reason = keyof typeof REASONS;
