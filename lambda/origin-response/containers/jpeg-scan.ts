/** Codes of up to 16 bits: for each 16 bits that may follow, the length of the code and its symbol. */
export type HuffmanTable = Uint16Array;

/** One scan of a sequential JPEG. */
export interface JpegScan {
  readonly width: number;
  readonly height: number;
  readonly maxH: number;
  readonly maxV: number;
  readonly components: readonly JpegComponent[];
  /** Units between two restart markers; 0 for none. */
  readonly restartInterval: number;
  /** Where the codes begin. */
  readonly start: number;
}

export interface JpegComponent {
  readonly h: number;
  readonly v: number;
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}
