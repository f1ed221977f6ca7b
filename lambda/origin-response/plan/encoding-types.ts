import type { Effort } from '../../contract/settings';
import type { SourceFormat } from '../source/source-image';

/** The formats that a variant can have. */
export type OutputFormat = Exclude<SourceFormat, 'tiff' | 'heic'>;

export type ChromaSubsampling = '4:2:0' | '4:4:4';

/** Settings of an encoder, in sharp's words: `quality` is on the encoder's own scale. */
export type Encoding = JpegEncoding | WebpEncoding | AvifEncoding | PngEncoding | GifEncoding;

export interface JpegEncoding {
  readonly format: 'jpeg';
  readonly quality: number;
  readonly chromaSubsampling: ChromaSubsampling;
  readonly quantisationTable: 3;
  readonly trellisQuantisation: boolean;
  readonly overshootDeringing: boolean;
  /** Progressive, in the scans that turn out smallest. */
  readonly optimiseScans: boolean;
}

export interface WebpEncoding {
  readonly format: 'webp';
  readonly quality: number;
  readonly effort: number;
  /** Chroma is halved so that sharp edges of colour keep their lightness. */
  readonly smartSubsample: boolean;
}

export interface AvifEncoding {
  readonly format: 'avif';
  readonly quality: number;
  readonly effort: number;
  readonly chromaSubsampling: ChromaSubsampling;
}

export type PngEncoding =
  | {
      readonly format: 'png';
      readonly palette: false;
      /** `smaller`: encoded with adaptive filters and with none, and the smaller one kept. */
      readonly filters: 'adaptive' | 'smaller';
      readonly compressionLevel: number;
    }
  | {
      readonly format: 'png';
      readonly palette: true;
      /** At most so many; where the picture has no more, its pixels stay the same. */
      readonly colours: number;
      readonly dither: 0;
      readonly effort: number;
    };

export interface GifEncoding {
  readonly format: 'gif';
  readonly reuse: false;
  readonly dither: 0;
  readonly effort: number;
}

/** What an encoder is better told about the drawn pixels. */
export interface Traits {
  /** Colours change from pixel to pixel, so that chroma at half the resolution would be seen. */
  readonly hasFineColour: boolean;
  /** How many colours there are, 1…256; undefined for more. */
  readonly colours: number | undefined;
  /** Many pixels equal the one before, as in drawings. */
  readonly isFlat: boolean;
}

/** What an encoding is chosen for. */
export interface EncodingRequest {
  readonly format: OutputFormat;
  /** 1…100 on the product's scale. */
  readonly quality: number;
  readonly effort: Effort;
  /** The picture may lose colours beyond 256: its source has no more, or it would not fit otherwise. */
  readonly isPalette: boolean;
  readonly frames: number;
  readonly traits: Traits;
}
