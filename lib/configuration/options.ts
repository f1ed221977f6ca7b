import type { AutoFormat } from '../../lambda/contract/negotiate';
import type { Fit, Flip, ViewerFormat } from '../../lambda/contract/parameters/table';
import type { Effort, Lockable, Sharpen } from '../../lambda/contract/settings';
import type { ShieldRegion } from './edge-regions';

// Written out, and not inferred from the schemas, which the compiler holds against them: so the package's
// declarations have comments and need no types of zod.

/** A mark on the images of a type. */
export interface WatermarkOptions {
  /** The path of a PNG or SVG of at most 200 kB, from the folder that synth runs in. */
  readonly file: string;
  /**
   * A side, a corner, `centre`, or a point such as `0.3,0.7`.
   *
   * @default 'southeast'
   */
  readonly position?: string | undefined;
  /**
   * Its longer side, as a part of the crop's shorter side, 0.01…1.
   *
   * @default 0.2
   */
  readonly size?: number | undefined;
  /**
   * Its distance from the edges, as a part of the crop's shorter side, 0…0.5.
   *
   * @default 0.03
   */
  readonly margin?: number | undefined;
  /**
   * 0.05…1, which is opaque.
   *
   * @default 0.5
   */
  readonly opacity?: number | undefined;
}

/** Defaults that a type sets. A URL may override each one that is not locked. */
export interface TypeOptions {
  /** Width in pixels, 1…4096. */
  readonly w?: number | undefined;
  /** Height in pixels, 1…4096. */
  readonly h?: number | undefined;
  readonly format?: ViewerFormat | undefined;
  /** 1…100, on JPEG's scale. */
  readonly quality?: number | undefined;
  readonly fit?: Fit | undefined;
  /** A word such as `northeast` or `attention`, or a point such as `0.3,0.7`. */
  readonly position?: string | undefined;
  /** `x,y,w,h`, each from 0 to 1: the part of the upright image that is cropped from. */
  readonly rect?: string | undefined;
  /** Degrees clockwise. */
  readonly rotate?: 0 | 90 | 180 | 270 | undefined;
  /** After `rotate`. */
  readonly flip?: Flip | undefined;
  /** `#rrggbb`, `#rgb` or `transparent`, in place of the general `background`. */
  readonly background?: string | undefined;
  /** Sigma in the page's pixels, 0.3…100. */
  readonly blur?: number | undefined;
  /** Tolerance of a border that is cut, 1…100. */
  readonly trim?: number | undefined;
  /** `false`: a still of the first frame. */
  readonly animated?: boolean | undefined;
  /** `true`: browsers save the image. */
  readonly download?: boolean | undefined;
  /** `mild` sharpens an image that is scaled below a half. No URL has it. */
  readonly sharpen?: Sharpen | undefined;
  /** A mark on every image of this type, which is locked then. Needs `originals: 'deny'`. */
  readonly watermark?: WatermarkOptions | undefined;
  /** In place of the general `effort`. */
  readonly effort?: Effort | undefined;
  /** Parameters that a URL may not give: a list, or `true` for all. A locked side or blur locks `dpr` too. */
  readonly locked?: true | readonly Lockable[] | undefined;
}

/** An image for objects that do not exist, in the bucket of the originals. */
export interface MissingOptions {
  /** The key of the image, whatever the `originPath`. */
  readonly key: string;
  /**
   * Of the answer. Browsers show an image with a 404 too.
   *
   * @default 404
   */
  readonly status?: 404 | 200 | undefined;
}

/** How images are cropped. */
export interface CroppingOptions {
  /**
   * Types by name. `A` always exists, and may have defaults too.
   *
   * @default - only `A`
   */
  readonly types?: Readonly<Record<string, TypeOptions>> | undefined;
  /**
   * Quality if neither URL nor type names one, 1…100, on JPEG's scale.
   *
   * @default 75
   */
  readonly quality?: number | undefined;
  /**
   * `#rrggbb` under transparency if the format has none, and around a padded image.
   *
   * @default '#ffffff'
   */
  readonly background?: string | undefined;
  /**
   * The time that encoders take for fewer bytes: `fast` for crops that few see, `small` for those that thousands do.
   *
   * @default 'balanced'
   */
  readonly effort?: Effort | undefined;
  /**
   * Seconds in caches for an object without a Cache-Control, up to a year.
   *
   * @default 86400
   */
  readonly ttl?: number | undefined;
  /** The largest original that is cropped. */
  readonly limits?:
    | {
        /**
         * In bytes, up to 500,000,000.
         *
         * @default 50000000
         */
        readonly sourceBytes?: number | undefined;
        /**
         * In pixels of all frames together, up to 500,000,000.
         *
         * @default 50000000
         */
        readonly sourcePixels?: number | undefined;
      }
    | undefined;
  /**
   * Whether HEIC originals are decoded. HEVC is patented: see docs/decisions.md.
   *
   * @default false
   */
  readonly heic?: boolean | undefined;
  /**
   * The answer if there is no crop: the original, or an error with the reason.
   *
   * @default 'original'
   */
  readonly onFailure?: 'original' | 'error' | undefined;
  /**
   * Whether a URL without a type gets the original, or 403. With `deny` nothing falls back on the original.
   *
   * @default 'allow'
   */
  readonly originals?: 'allow' | 'deny' | undefined;
  /**
   * An image to crop where there is no such object.
   *
   * @default - S3's own 404
   */
  readonly missing?: MissingOptions | undefined;
  /**
   * Whether only signed URLs are answered.
   *
   * @default false
   */
  readonly signing?: boolean | undefined;
  /**
   * How AWS counts a body against its limit of 1 MB, which it does not say.
   *
   * @default 'base64'
   */
  readonly bodyLength?: 'base64' | 'decoded' | undefined;
  /**
   * The formats that `format=auto` may choose, best first.
   *
   * @default ['avif', 'webp']
   */
  readonly auto?: readonly AutoFormat[] | undefined;
  /**
   * Whether the function that renders counts crops and failures in CloudWatch. Its log has them in any case.
   *
   * @default true
   */
  readonly metrics?: boolean | undefined;
  /** Steps that sizes, quality and the rest are rounded to, which bounds the number of crops. */
  readonly snap?:
    | {
        /** Widths in pixels. */
        readonly w?: readonly number[] | undefined;
        /** Heights in pixels. With steps for both sides, the width decides. */
        readonly h?: readonly number[] | undefined;
        /** Quality is rounded up to a multiple of this. */
        readonly quality?: number | undefined;
        /** Points of `position` are rounded to multiples of this fraction, 0.001…1. */
        readonly position?: number | undefined;
        /** `rect` is rounded outwards to multiples of this fraction, 0.001…1. */
        readonly rect?: number | undefined;
        /** `blur` is rounded up to a multiple of this, 1…100. */
        readonly blur?: number | undefined;
      }
    | undefined;
}

/** An existing bucket. */
export interface BucketOptions {
  readonly name: string;
  readonly region: string;
  /** The KMS key that its objects are encrypted with, in the same region. */
  readonly kmsKeyArn?: string | undefined;
}

/** The origin and the types of the paths under one pattern; at least one of these. */
export interface OriginOptions {
  /** @default - the stack's bucket */
  readonly bucket?: BucketOptions | undefined;
  /** The folder in which the paths of URLs begin, as `/media`. */
  readonly originPath?: string | undefined;
  /** @default - the stack's types */
  readonly types?: Readonly<Record<string, TypeOptions>> | undefined;
  /** @default - the stack's `missing` */
  readonly missing?: MissingOptions | undefined;
}

/** Custom domain names, with a hosted zone, a certificate, or both. */
export interface DomainOptions {
  /** Host names without wildcards. */
  readonly names: readonly string[];
  /** The Route 53 zone for records, and for a certificate if none is given. */
  readonly hostedZone?: { readonly id: string; readonly name: string } | undefined;
  /** A certificate in us-east-1 that covers the names. */
  readonly certificateArn?: string | undefined;
}

/** Thresholds of alarms. The last three need Origin Shield in us-east-1. */
export interface AlarmOptions {
  /** The address that gets the mails. */
  readonly email?: string | undefined;
  /**
   * 5xx in percent of viewers' requests.
   *
   * @default 1
   */
  readonly serverErrors?: number | undefined;
  /**
   * 4xx in percent of viewers' requests.
   *
   * @default 20
   */
  readonly clientErrors?: number | undefined;
  /** Originals in place of crops, in percent. */
  readonly fallbacks?: number | undefined;
  /** The same, only for reasons other than the image itself. */
  readonly failures?: number | undefined;
  /** The 99th percentile of the render time, in milliseconds. */
  readonly renderTime?: number | undefined;
}

/** Options of an `EdgecropStack`. */
export interface StackOptions extends CroppingOptions {
  /**
   * Memory of the function that renders, in megabytes, 1,769…10,240.
   *
   * @default 1769 - one vCPU
   */
  readonly memorySize?: number | undefined;
  /** @default - CloudFront's name */
  readonly domain?: DomainOptions | undefined;
  /** @default - the stack creates a bucket */
  readonly bucket?: BucketOptions | undefined;
  /** The folder of the bucket in which the paths of URLs begin, as `/media`. */
  readonly originPath?: string | undefined;
  /** Other buckets, folders and types, by path pattern, in order of precedence. */
  readonly origins?: Readonly<Record<string, OriginOptions>> | undefined;
  /**
   * Origin Shield, in the region nearest to the bucket or in a named one.
   *
   * @default false
   */
  readonly originShield?: boolean | ShieldRegion | undefined;
  /** A web ACL of AWS WAF, for CloudFront. */
  readonly webAclArn?: string | undefined;
  /** How long the log of the function that renders is kept. */
  readonly logRetention?:
    | {
        /**
         * In days that CloudWatch Logs knows.
         *
         * @default 30
         */
        readonly days?: number | undefined;
        /**
         * In every region, and not only in us-east-1.
         *
         * @default false
         */
        readonly everyRegion?: boolean | undefined;
      }
    | undefined;
  /** @default false */
  readonly accessLogs?: boolean | undefined;
  /** @default false */
  readonly dashboard?: boolean | undefined;
  /** @default - no alarms */
  readonly alarms?: AlarmOptions | undefined;
  /**
   * Days that replaced and deleted objects are kept in the bucket that the stack creates, 1…3,650.
   *
   * @default 90
   */
  readonly oldVersionDays?: number | undefined;
  /**
   * Whether objects that are replaced or removed are purged from the cache.
   *
   * @default false
   */
  readonly autoInvalidate?: boolean | undefined;
}
