import type { BadInput } from '../../contract/bad-input';
import type { MissingPicture } from '../../contract/settings';
import type { Description } from '../description/describe';
import type { Reason } from '../failure/reason';
import type { OutputFormat } from '../plan/encoding-types';
import type { RenderPlan } from '../plan/render-plan';
import type { EncodedImage } from '../render/fit';
import type { SourceFormat } from '../source/source-image';

/** What becomes of a request. */
export type Outcome =
  /** S3's response, unchanged. */
  | { readonly kind: 'pass-through' }
  /** S3 said 304: the variant in CloudFront's cache is still right. */
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'rendered'; readonly image: EncodedImage; readonly work: Work }
  /** `format=json`: the crop is described, not drawn. */
  | { readonly kind: 'described'; readonly description: Description }
  /** The original is the same picture as the variant, in no more bytes. */
  | { readonly kind: 'original-is-smaller'; readonly format: SourceFormat }
  /** S3 has no such object; the configured picture goes out. */
  | {
      readonly kind: 'missing';
      readonly image: EncodedImage;
      readonly work: Work;
      readonly status: MissingPicture['status'];
    }
  /** S3 has no such object, and the configured picture could not be cropped either. */
  | {
      readonly kind: 'not-found';
      /** For the log: what is wrong with the configured picture. */
      readonly detail: string;
    }
  /** S3's response, because of what the file is. */
  | {
      readonly kind: 'not-cropped';
      readonly reason: 'not-cropped' | 'animated-png';
      /** What the file is: `svg`, `heic`, `text`. */
      readonly type: string;
    }
  /** There is no variant; the settings decide between the original and an error. */
  | {
      readonly kind: 'fallback';
      readonly reason: Reason;
      /** For the log. */
      readonly detail: string;
      /** What the original is, as far as it was read. */
      readonly format?: SourceFormat;
      readonly plan?: RenderPlan;
      /** The viewer reads JSON: neither an original nor a line of text is an answer. */
      readonly isJson?: boolean;
    }
  | { readonly kind: 'head'; readonly format: OutputFormat | 'json' | undefined }
  | { readonly kind: 'bad'; readonly bad: BadInput }
  /** The query has no known type, and the settings deny originals. */
  | { readonly kind: 'denied' }
  /** Signatures are wanted, and the query is not what the viewer-request function writes. */
  | { readonly kind: 'unchecked' }
  /** S3's response to `/` would list the bucket. */
  | { readonly kind: 'bucket-listing' };

/** What a render took. */
export interface Work {
  /** Milliseconds until the original had arrived. */
  readonly fetch: number;
  /** Milliseconds from then to the variant, over all attempts. */
  readonly render: number;
  /** Bytes of the original. */
  readonly sourceBytes: number;
  /** The object's focal point as it is stored, where it could not be read. */
  readonly ignoredFocus?: string;
}
