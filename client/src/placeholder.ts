import type { ImageParams } from './image-params';
import { imageUrl } from './index';

/** Pixels of the longer side: a placeholder is stretched and blurred, so more would show nothing. */
const LONGEST_SIDE = 24;

/** WebP needs a third of JPEG's bytes at this size. */
const FORMAT = 'webp';

/** Params of a placeholder: what it looks like is settled. */
export type PlaceholderParams = Omit<ImageParams, 'format' | 'quality' | 'dpr'>;

/**
 * The URL of a tiny copy of a crop, of 24 pixels at most: some 100 bytes of WebP.
 *
 * @param params of the crop that it stands in for
 * @throws TypeError, RangeError as `imageUrl`
 */
export function placeholderUrl(base: string, key: string, params: PlaceholderParams = {}): string {
  const { w, h } = params;
  const factor = Math.min(1, LONGEST_SIDE / Math.max(w ?? 0, h ?? 0));
  const scaled = (side: number | undefined) => side && Math.max(1, Math.round(side * factor));
  const sides = w === undefined && h === undefined ? { w: LONGEST_SIDE } : { w: scaled(w), h: scaled(h) };
  return imageUrl(base, key, { ...params, ...sides, format: FORMAT, quality: 30 });
}

/** How a placeholder is fetched. */
export interface PlaceholderOptions {
  /** Signs the URL, where the deployment wants that. */
  readonly sign?: ((url: string) => string | Promise<string>) | undefined;
}

/**
 * Fetches a placeholder as a `data:` URL, to be written into a page when it is built or rendered.
 *
 * @returns undefined where the deployment has no such crop: a page does without
 * @throws TypeError, RangeError as `imageUrl`; what `fetch` throws
 */
export async function placeholderDataUrl(
  base: string,
  key: string,
  params: PlaceholderParams = {},
  { sign }: PlaceholderOptions = {},
): Promise<string | undefined> {
  const url = placeholderUrl(base, key, params);
  const response = await fetch(sign ? await sign(url) : url);
  // An original in place of the crop would make the page as heavy as the picture.
  if (!response.ok || response.headers.get('content-type') !== `image/${FORMAT}`) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > 2_000) return undefined;
  return `data:image/${FORMAT};base64,${btoa(String.fromCharCode(...bytes))}`;
}
