import { badInput } from './bad-input';
import type { ImageParams } from './image-params';
import { rounded } from './image-query';
import { imageUrl } from './image-url';

/** A crop without `dpr`, which a srcset is there to choose. */
export type ResponsiveParams = Omit<ImageParams, 'dpr'> & { readonly dpr?: undefined };

/**
 * The candidates of a srcset: widths in pixels, from 1 to 4096, or the screen's pixels for each of the
 * page's, from 1 to 3.
 */
export type SrcSetSteps =
  | { readonly widths: readonly number[]; readonly dprs?: undefined }
  | { readonly dprs: readonly number[]; readonly widths?: undefined };

/** For a deployment that answers signed URLs alone. */
export interface Signing {
  /**
   * Signs one URL, as `signUrl` of `@edgecrop/client/sign` does with a key.
   *
   * @default - URLs are not signed
   */
  readonly sign?: ((url: string) => string) | undefined;
}

/**
 * The `srcset` of an image: `URL 320w, URL 640w` for widths, `URL 1x, URL 2x` for dprs. With widths, `w` and
 * `h` of the crop are its aspect ratio, which every candidate keeps.
 *
 * @throws TypeError, RangeError as {@link imageUrl}; RangeError for `h` without `w`, which would give each
 * width another shape, and for dprs of a crop that has no size
 */
export function srcSet(
  base: string,
  key: string,
  params: ResponsiveParams,
  steps: SrcSetSteps,
  { sign }: Signing = {},
): string {
  const { widths, dprs } = steps ?? params;
  const values = widths ?? dprs;
  if (!values) throw badInput('steps', '', '{ widths } or { dprs }');
  const candidates = values.map((value) => {
    const crop = widths ? atWidth(params, value) : atDpr(params, value);
    const url = imageUrl(base, key, crop);
    return `${sign ? sign(url) : url} ${rounded(value)}${widths ? 'w' : 'x'}`;
  });
  return [...new Set(candidates)].join(', ');
}

/** The crop at another width, in its own shape. */
export function atWidth(params: ResponsiveParams, width: number): ImageParams {
  const { w, h } = params;
  if (h !== undefined && w === undefined) throw badInput('h', String(h), 'with w');
  const height = h && w && Math.max(1, Math.round((h * width) / w));
  return { ...params, w: width, h: height, dpr: undefined };
}

/** At 1 the URL is the same as that of `src`, which has no dpr. */
function atDpr(params: ResponsiveParams, dpr: number): ImageParams {
  if ((params.t ?? params.w ?? params.h) === undefined) throw badInput('dprs', String(dpr), 'with w, h or t');
  return { ...params, dpr: rounded(dpr) === 1 ? undefined : dpr };
}
