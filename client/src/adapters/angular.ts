/** Angular: a loader for `NgOptimizedImage`. `@edgecrop/client/angular`. */
import type { ResponsiveParams, Signing } from '../index';
import { atWidth } from '../src-set';
import { type ComponentImage, componentUrl } from './component-image';

/** What `NgOptimizedImage` asks a loader for. https://angular.dev/api/common/ImageLoaderConfig */
export interface AngularImage {
  /** The object's key, unescaped; a leading slash is passed over. */
  readonly src: string;
  /** Pixels. Absent for `src` itself. */
  readonly width?: number | undefined;
  /** Pixels. */
  readonly height?: number | undefined;
  /** Whether a small picture is wanted that is shown until the real one is there. */
  readonly isPlaceholder?: boolean | undefined;
  /** More of the crop, as the template gives it. */
  readonly loaderParams?: { readonly [name: string]: unknown } | undefined;
}

/** As low as Angular's own loaders go: the placeholder is shown blurred. */
const PLACEHOLDER_QUALITY = 20;

/**
 * A loader for `IMAGE_LOADER`: `{ provide: IMAGE_LOADER, useValue: angularLoader('https://cdn.example.com') }`.
 *
 * @param base as of `imageUrl`
 * @param params of every picture; `w` and `h` are an aspect ratio. Absent: the best format that the browser
 * shows
 */
export function angularLoader(
  base: string,
  params: ResponsiveParams = { format: 'auto' },
  signing: Signing = {},
): (image: AngularImage) => string {
  return ({ src, width, height, isPlaceholder, loaderParams }) => {
    const crop: ComponentImage = width === undefined ? params : atWidth(params, width);
    const said: ComponentImage = { ...loaderParams };
    const quality = isPlaceholder ? PLACEHOLDER_QUALITY : (said.quality ?? params.quality);
    return componentUrl(base, src, { ...crop, height, ...said, quality }, signing);
  };
}
