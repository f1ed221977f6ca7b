import type { HeicItem } from './heic-item';

/** Pixels of a picture, row by row and upright. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** With 4, the last one is alpha. */
  readonly channels: 3 | 4;
  /** Of each channel, 8…16. Where it is above 8, a value takes two bytes, the low one first. */
  readonly bits: number;
  readonly isPremultiplied: boolean;
  /** The ICC profile of the picture. */
  readonly profile?: Buffer;
  /** Copies a row. @param row from 0 */
  copyRow(row: number, target: Buffer, at: number): void;
}

/** Decodes HEIC. Rejects for what does not decode. */
export interface HeicDecoder {
  /**
   * Decodes in this thread, and cannot be stopped. The pixels live as long as the call of `use`.
   *
   * @param bytes of the file
   * @param use what is made of the pixels
   */
  decode<T>(bytes: Buffer, item: HeicItem, use: (pixels: Pixels) => T): Promise<T>;
}
