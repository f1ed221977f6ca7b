/** Next.js: a loader for `next/image`. `@edgecrop/client/next`. */
import type { ResponsiveParams, Signing } from '../index';
import { atWidth } from '../src-set';
import { componentUrl } from './component-image';

/** What `next/image` asks a loader for. https://nextjs.org/docs/app/api-reference/components/image#loader */
export interface NextImage {
  /** The object's key, unescaped; a leading slash is passed over. */
  readonly src: string;
  /** Pixels. */
  readonly width: number;
  /** 1…100, where the component gives one. */
  readonly quality?: number | undefined;
}

/**
 * A loader for the file that `images.loaderFile` of `next.config` names, or for `loader` of `getImageProps`.
 *
 * A loader file is part of the page, so it cannot sign; `getImageProps` in a server component can.
 *
 * @param base as of `imageUrl`
 * @param params of every picture; `w` and `h` are an aspect ratio. Absent: the best format that the browser
 * shows
 */
export function nextLoader(
  base: string,
  params: ResponsiveParams = { format: 'auto' },
  signing: Signing = {},
): (image: NextImage) => string {
  return ({ src, width, quality = params.quality }) =>
    componentUrl(base, src, { ...atWidth(params, width), quality }, signing);
}
