export type { CroppingOptions } from './configuration/cropping-options';
export type { StackOptions } from './configuration/stack-options';
export { ImageCropping, type ImageCroppingProps } from './cropping/image-cropping';
export { EdgecropStack, type EdgecropStackProps } from './stack/edgecrop-stack';
