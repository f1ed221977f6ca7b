import type { CropRequest } from './crop-request';
import type { AutoFormat } from './negotiate';
import type { ParameterName } from './parameters/parameter';
import type { ViewerFormat } from './parameters/table';

/** The values that a type stands for; a URL may override each that is not locked. */
export type TypeSettings = Omit<CropRequest, 't' | 'dpr' | 'format'> & {
  readonly format?: ViewerFormat;
  /** In place of the settings' own. */
  readonly background?: string;
  /** Parameters that no URL may give. */
  readonly locked?: readonly Lockable[];
};

/** What a type can lock. */
export type Lockable = Exclude<ParameterName, 't'>;

/**
 * What a deployer decides, checked and completed at synth and baked into the functions: Lambda@Edge has
 * no environment variables.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
export interface Settings {
  /** The types by name; `A` is always there. */
  readonly types: Readonly<Record<string, TypeSettings>>;
  /** Quality where neither URL nor type names one, 1…100. */
  readonly quality: number;
  /** What lies under transparency where the format has none, and around a padded picture: `#rrggbb`. */
  readonly background: string;
  /** How long caches keep an answer whose object has no Cache-Control, in seconds. */
  readonly ttl: number;
  readonly limits: {
    /** Largest original that is read, in bytes. */
    readonly sourceBytes: number;
    /** Largest original that is decoded, in pixels over all frames. */
    readonly sourcePixels: number;
  };
  /** What is answered where there is no variant: the original, or an error that says why. */
  readonly onFailure: 'original' | 'error';
  /** Whether a request without a known type is answered with the original, or refused. */
  readonly originals: 'allow' | 'deny';
  /** Whether only a signed URL is answered. */
  readonly signing: boolean;
  /** Which length of a body AWS holds against its limit of 1,048,576 bytes. */
  readonly bodyLength: 'base64' | 'decoded';
  /** What `format=auto` may choose, the dearest first. */
  readonly auto: readonly AutoFormat[];
  /** Steps that sizes and quality are rounded up to; none where absent. */
  readonly snap: {
    /** Widths in pixels. */
    readonly w?: readonly number[];
    /** Heights in pixels. */
    readonly h?: readonly number[];
    /** Every how many points of quality there is a step. */
    readonly quality?: number;
  };
  /** The version of the pixels: eight hex digits, computed at synth. */
  readonly v: string;
}
