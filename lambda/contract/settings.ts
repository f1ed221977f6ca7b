import type { CropRequest } from './crop-request';
import type { AutoFormat } from './negotiate';
import type { ParameterName } from './parameters/parameter';
import type { ViewerFormat } from './parameters/table';

/** The values of a type. A URL may override each one that is not locked. */
export type TypeSettings = Omit<CropRequest, 't' | 'dpr' | 'format'> & {
  readonly format?: ViewerFormat;
  /** Drawn on every picture; the type is locked then. */
  readonly watermark?: Watermark;
  /** In place of the settings' `effort`. */
  readonly effort?: Effort;
  /** Whether a picture that is scaled below a half is sharpened. No URL can say it. */
  readonly sharpen?: Sharpen;
  /** Parameters that a URL may not give. */
  readonly locked?: readonly Lockable[];
};

/** A mark on the pictures of a type. */
export interface Watermark {
  /** A PNG or SVG, in base64. */
  readonly data: string;
  /** Of the file; only the ratio counts. */
  readonly width: number;
  readonly height: number;
  /** A side, a corner, `centre`, or `x,y` with both from 0 to 1. */
  readonly position: string;
  /** Its longer side, as a part of the variant's shorter side: 0.01…1. */
  readonly size: number;
  /** Its distance from the edges, as a part of the variant's shorter side: 0…0.5. */
  readonly margin: number;
  /** 0.05…1. */
  readonly opacity: number;
}

/** A picture for objects that do not exist. */
export interface MissingPicture {
  /** Its key in the bucket of the originals. */
  readonly key: string;
  /** Of the response. Browsers show a picture with a 404 too, and crawlers learn that the link is broken. */
  readonly status: 404 | 200;
}
/** What the encoders' time is spent for: `fast` for variants that few see, `small` for those that thousands do. */
export type Effort = 'fast' | 'balanced' | 'small';

/** How much a picture is sharpened that is scaled down. */
export type Sharpen = 'none' | 'mild';

/** A parameter that a type can lock. */
export type Lockable = Exclude<ParameterName, 't'>;

/**
 * The deployer's configuration, checked and completed at synth and bundled with the functions: Lambda@Edge has no
 * environment variables.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
export interface FunctionSettings {
  /** The types by name; `A` is always there. */
  readonly types: Readonly<Record<string, TypeSettings>>;
  /** Quality where neither URL nor type names one, 1…100. */
  readonly quality: number;
  /** `#rrggbb` under transparency where the format has none, and around a padded picture. */
  readonly background: string;
  /** How much time the encoders take where the type does not say. */
  readonly effort: Effort;
  /** How long caches keep a variant whose original has no Cache-Control, in seconds. */
  readonly ttl: number;
  readonly limits: {
    /** Largest original that is read, in bytes. */
    readonly sourceBytes: number;
    /** Largest original that is decoded, in pixels over all frames. */
    readonly sourcePixels: number;
  };
  /** Whether HEIC is decoded. */
  readonly heic: boolean;
  /** The response where there is no variant: the original, or an error that gives the reason. */
  readonly onFailure: 'original' | 'error';
  /** Whether a request without a known type gets the original or a 403. */
  readonly originals: 'allow' | 'deny';
  /** The picture that is cropped in place of one that S3 does not have. */
  readonly missing?: MissingPicture | undefined;
  /** Whether only signed URLs are answered. */
  readonly signing: boolean;
  /** The length of a body that AWS counts against its limit of 1,048,576 bytes. */
  readonly bodyLength: 'base64' | 'decoded';
  /** The formats that `format=auto` may choose; of two that a viewer likes equally, the first. */
  readonly auto: readonly AutoFormat[];
  /** Steps that sizes, quality and blur are rounded up to, and points to the nearest. A value without steps is not rounded. */
  readonly snap: {
    /** Widths in pixels. */
    readonly w?: readonly number[];
    /** Heights in pixels. */
    readonly h?: readonly number[];
    /** Distance of two steps of quality. */
    readonly quality?: number;
    /** Distance of two points of `position`, as a fraction of the picture. */
    readonly position?: number;
    /** Distance of two sides of `rect`, as a fraction of the picture. */
    readonly rect?: number;
    /** Distance of two steps of `blur`. */
    readonly blur?: number;
  };
  /** The version of the pixels: eight hex digits, computed at synth. It is part of the cache key. */
  readonly v: string;
  /** In place of `v`, for types with settings that change pixels and that no URL has. */
  readonly typeVersions: Readonly<Record<string, string>>;
  /** Whether log lines are metrics as well, which CloudWatch charges for. */
  readonly metrics: boolean;
  /** Which of an account's deployments this is, for its metrics. */
  readonly deployment: string;
}
