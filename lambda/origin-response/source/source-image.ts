/** The formats that we crop, by their bytes. */
export type SourceFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** What is known of an original from its header, before a pixel is decoded. */
export interface SourceImage {
  readonly format: SourceFormat;
  /** Width of one frame in pixels, upright. */
  readonly width: number;
  /** Height of one frame in pixels, upright. */
  readonly height: number;
  /** As EXIF counts it, 1…8: how the stored pixels have to be turned to be upright. */
  readonly orientation: number;
  /** 1 for a still. */
  readonly frames: number;
  readonly hasAlpha: boolean;
  /** One channel of brightness. */
  readonly isGrey: boolean;
  /** The pixels are indices into a palette. */
  readonly isPalette: boolean;
  /** Upright as stored, sRGB or grey in 8 bits, no profile, no EXIF, XMP, IPTC or comment. */
  readonly isClean: boolean;
}
