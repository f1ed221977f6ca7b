import { imageUrl } from './image-url';
import { atWidth, type ResponsiveParams } from './src-set';

/** What `next/image` asks a loader for. https://nextjs.org/docs/app/api-reference/components/image#loader */
export interface NextImage {
  /** The object's key, unescaped; a leading slash is passed over. */
  readonly src: string;
  /** Pixels, from 1 to 4096. */
  readonly width: number;
  /** 1…100, where the component says one. */
  readonly quality?: number | undefined;
}

/**
 * A loader for the file that `images.loaderFile` of `next.config` names.
 *
 * @param base as of {@link imageUrl}
 * @param params of every picture; `w` and `h` are an aspect ratio. Absent: the best format that the browser
 * shows
 */
export function nextLoader(
  base: string,
  params: ResponsiveParams = { format: 'auto' },
): (image: NextImage) => string {
  return ({ src, width, quality }) => {
    const said: ResponsiveParams = quality === undefined ? params : { ...params, quality };
    return imageUrl(base, src, atWidth(said, width));
  };
}
