import type { Reason } from '../failure/reason';
import type { SourceFormat } from '../source/source-image';

/** An original as libvips can read it right. */
export interface Original {
  readonly bytes: Buffer;
  readonly format: SourceFormat;
  /** The bytes are not those that are stored: what a viewer makes of those may differ. */
  readonly isChanged: boolean;
  /** Frames before the picture's own. */
  readonly skippedFrames: number;
  /** The stored colours are multiplied with the alpha. */
  readonly isPremultiplied: boolean;
}

export type Prepared =
  | { readonly kind: 'ready'; readonly original: Original }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly detail: string };

/** @param changes what differs from an original that libvips reads right as it is stored */
export function ready(
  bytes: Buffer,
  format: SourceFormat,
  changes: Partial<Omit<Original, 'bytes' | 'format'>> = {},
): Prepared {
  const unchanged = { isChanged: false, skippedFrames: 0, isPremultiplied: false };
  return { kind: 'ready', original: { ...unchanged, ...changes, bytes, format } };
}
