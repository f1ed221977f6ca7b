/** The formats that we crop. */
export type SourceFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'heic';

/** What the header of an original says. */
export interface SourceImage {
  readonly format: SourceFormat;
  /** Width of one frame in pixels, upright. */
  readonly width: number;
  /** Height of one frame in pixels, upright. */
  readonly height: number;
  /** EXIF's 1…8: how the stored pixels have to be turned to be upright. */
  readonly orientation: number;
  /** 1 for a still. */
  readonly frames: number;
  readonly hasAlpha: boolean;
  /** It has brightness only, in one channel. */
  readonly isGrey: boolean;
  /** It has 16 bits in each channel. */
  readonly isDeep: boolean;
  /** It has an ICC profile, its own or ours. */
  readonly hasProfile: boolean;
  /** The pixels are indices into a palette. */
  readonly isPalette: boolean;
  /** Stored upright, in 8 bits of sRGB or grey, without profile, EXIF, XMP, IPTC or comment. */
  readonly isClean: boolean;
}
