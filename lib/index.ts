export type {
  AlarmOptions,
  BucketOptions,
  CroppingOptions,
  DomainOptions,
  OriginOptions,
  StackOptions,
  TypeOptions,
} from './configuration/options';
export { ImageCropping, type ImageCroppingProps } from './cropping/image-cropping';
export { EdgecropStack, type EdgecropStackProps } from './stack/edgecrop-stack';
