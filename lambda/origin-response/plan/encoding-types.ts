import type { SourceFormat } from '../source/source-image';

/** The formats that a variant can have. */
export type OutputFormat = Exclude<SourceFormat, 'tiff' | 'heic'>;

export type ChromaSubsampling = '4:2:0' | '4:4:4';

/** Settings of an encoder, in sharp's words: `quality` is on the encoder's own scale. */
export type Encoding =
  | {
      readonly format: 'jpeg';
      readonly quality: number;
      readonly chromaSubsampling: ChromaSubsampling;
    }
  | { readonly format: 'webp'; readonly quality: number; readonly effort: number }
  | {
      readonly format: 'avif';
      readonly quality: number;
      readonly effort: number;
      readonly chromaSubsampling: ChromaSubsampling;
    }
  | {
      readonly format: 'png';
      readonly palette: false;
      readonly adaptiveFiltering: true;
      readonly compressionLevel: number;
    }
  | { readonly format: 'png'; readonly palette: true; readonly dither: 0; readonly effort: number }
  | { readonly format: 'gif'; readonly reuse: false; readonly dither: 0; readonly effort: number };

/** What an encoding is chosen for. */
export interface EncodingRequest {
  readonly format: OutputFormat;
  /** 1…100 on JPEG's scale. */
  readonly quality: number;
  /** The picture has few colours. */
  readonly isPalette: boolean;
}
