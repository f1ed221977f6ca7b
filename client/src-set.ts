import { badInput } from './bad-input';
import type { ImageParams } from './image-params';
import { rounded } from './image-query';
import { imageUrl } from './image-url';

/** A crop without the screen's pixels, which a srcset is there to choose. */
export type ResponsiveParams = Omit<ImageParams, 'dpr'> & { readonly dpr?: undefined };

/**
 * The candidates of a srcset: widths in pixels, from 1 to 4096, or the screen's pixels for each of the
 * page's, from 1 to 3.
 */
export type SrcSetSteps =
  | { readonly widths: readonly number[]; readonly dprs?: undefined }
  | { readonly dprs: readonly number[]; readonly widths?: undefined };

/**
 * The `srcset` of an image: `URL 320w, URL 640w` for widths, `URL 1x, URL 2x` for dprs. With widths, `w` and
 * `h` of the crop are its aspect ratio, which every candidate keeps.
 *
 * @throws TypeError, RangeError as {@link imageUrl}; RangeError for a `h` without `w` that widths would give
 * another shape each, and for dprs of a crop that has no size
 */
export function srcSet(base: string, key: string, params: ResponsiveParams, steps: SrcSetSteps): string {
  const candidates =
    steps.widths === undefined
      ? steps.dprs.map((dpr) => `${imageUrl(base, key, atDpr(params, dpr))} ${rounded(dpr)}x`)
      : steps.widths.map((width) => `${imageUrl(base, key, atWidth(params, width))} ${rounded(width)}w`);
  return [...new Set(candidates)].join(', ');
}

/** The crop at another width, in its own shape. */
export function atWidth(params: ResponsiveParams, width: number): ImageParams {
  const { w, h } = params;
  if (h === undefined) return { ...params, w: width, dpr: undefined };
  if (w === undefined) throw badInput('h', String(h), 'with w');
  return { ...params, w: width, h: Math.max(1, Math.round((h * width) / w)), dpr: undefined };
}

/** At 1 nothing is said of it: the same URL as that of `src`. */
function atDpr(params: ResponsiveParams, dpr: number): ImageParams {
  if ((params.t ?? params.w ?? params.h) === undefined) throw badInput('dprs', String(dpr), 'with w, h or t');
  return { ...params, dpr: rounded(dpr) === 1 ? undefined : dpr };
}
