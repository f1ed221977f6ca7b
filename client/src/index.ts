/** Image URLs for browsers and servers: `@edgecrop/client`. */
export type { ImageFit, ImageFlip, ImageFormat, ImageParams, ImagePosition, ImageRect } from './image-params';
export { imageUrl } from './image-url';
export { type ParsedUrl, parseUrl } from './parse-url';
export {
  type FallbackFormat,
  type PictureParams,
  type PictureSource,
  pictureSources,
} from './picture-sources';
export { type ResponsiveParams, type Signing, type SrcSetSteps, srcSet } from './src-set';
