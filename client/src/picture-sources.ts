import { type ResponsiveParams, type Signing, type SrcSetSteps, srcSet } from './src-set';

/** What every browser shows: `jpeg`, or `png` where the picture is transparent. */
export type FallbackFormat = 'jpeg' | 'png';

export type PictureParams = Omit<ResponsiveParams, 'format'> & {
  /** Format of the last source. Absent: `jpeg`. */
  readonly format?: FallbackFormat | undefined;
};

/** One `<source>` of a `<picture>`. */
export interface PictureSource {
  readonly type: 'image/avif' | 'image/webp' | 'image/jpeg' | 'image/png';
  readonly srcSet: string;
}

/**
 * The sources of a `<picture>`, best first: AVIF, WebP and what every browser shows.
 *
 * @throws TypeError, RangeError as {@link srcSet}
 */
export function pictureSources(
  base: string,
  key: string,
  params: PictureParams,
  steps: SrcSetSteps,
  signing?: Signing,
): readonly PictureSource[] {
  const { format: fallback = 'jpeg' } = params;
  return (['avif', 'webp', fallback] as const).map((format) => ({
    type: `image/${format}` as const,
    srcSet: srcSet(base, key, { ...params, format }, steps, signing),
  }));
}
