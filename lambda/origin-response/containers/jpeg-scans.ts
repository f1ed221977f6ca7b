import { hasAllBlocks, huffmanTable } from './jpeg-entropy';
import type { HuffmanTable, JpegComponent, JpegScan } from './jpeg-scan';

/** Markers: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1. */
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const HUFFMAN_TABLES = 0xc4;
const RESTART_INTERVAL = 0xdd;
/** Frames that libjpeg decodes: sequential, progressive, and both with arithmetic codes. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca]);
const PROGRESSIVE = new Set([0xc2, 0xca]);
const ARITHMETIC = new Set([0xc9, 0xca]);

const COEFFICIENTS = 64;

/** Up to this many bytes, reading every code takes less than half a millisecond. */
const SMALL = 16_384;

const END = Buffer.from([0xff, END_OF_IMAGE]);

export type JpegEnd =
  /** The end marker is there, and what is missing before it makes the decoder warn. */
  | 'present'
  /** Only the end marker is missing. */
  | 'missing'
  /** A part of the picture is missing. */
  | 'incomplete';

interface Frame {
  readonly isProgressive: boolean;
  readonly isArithmetic: boolean;
  readonly width: number;
  readonly height: number;
  /** Sampling factors by component. */
  readonly sampling: ReadonlyMap<number, { readonly h: number; readonly v: number }>;
}

/**
 * Finds out whether a JPEG is complete, without decoding it. Every code is read only where the end marker is missing, or
 * the file is small: libvips reads eight rows at a time, and does not see the warnings about the last of them.
 */
export function jpegEnd(bytes: Buffer): JpegEnd {
  const tables = new Map<number, Buffer>();
  /** The lowest bit that came so far, by component and coefficient. */
  const lowest = new Map<number, (number | undefined)[]>();
  let frame: Frame | undefined;
  let restartInterval = 0;
  let hasEnd = bytes.subarray(-2).equals(END);
  let isThorough = false;
  for (let at = nextMarker(bytes, 2); at !== undefined; ) {
    const marker = bytes[at + 1] as number;
    if (marker === END_OF_IMAGE || at + 4 > bytes.length) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) break;
    const segment = bytes.subarray(at + 4, end);
    if (FRAMES.has(marker)) {
      frame = readFrame(marker, segment);
      for (const component of frame.sampling.keys()) lowest.set(component, []);
    } else if (marker === HUFFMAN_TABLES) {
      readTables(segment, tables);
    } else if (marker === RESTART_INTERVAL) {
      restartInterval = segment.length >= 2 ? segment.readUInt16BE(0) : 0;
    } else if (marker === START_OF_SCAN && frame !== undefined) {
      if (!hasEnd) hasEnd = bytes.indexOf(END, end) >= 0;
      isThorough = !hasEnd || bytes.length <= SMALL;
      noteScan(segment, frame, lowest);
      if (isThorough && !frame.isProgressive && !frame.isArithmetic) {
        const scan = readScan(segment, frame, tables, restartInterval, end);
        if (scan !== undefined && !hasAllBlocks(bytes, scan)) return 'incomplete';
      }
      // Most JPEGs have one scan, and nothing is left to be found in it.
      if (!frame.isProgressive && segment[0] === frame.sampling.size) break;
    }
    at = nextMarker(bytes, end);
  }
  if (frame !== undefined && !hasAllScans(frame, lowest)) return 'incomplete';
  return hasEnd ? 'present' : 'missing';
}

function hasAllScans(frame: Frame, lowest: ReadonlyMap<number, readonly (number | undefined)[]>): boolean {
  const needed = frame.isProgressive ? COEFFICIENTS : 1;
  return [...lowest.values()].every((bits) => {
    for (let i = 0; i < needed; i++) if (bits[i] !== 0) return false;
    return true;
  });
}

function readFrame(marker: number, segment: Buffer): Frame {
  const sampling = new Map<number, { readonly h: number; readonly v: number }>();
  for (let i = 0; i < (segment[5] ?? 0); i++) {
    const factors = segment[7 + 3 * i] ?? 0x11;
    sampling.set(segment[6 + 3 * i] ?? 0, { h: factors >> 4, v: factors & 15 });
  }
  return {
    isProgressive: PROGRESSIVE.has(marker),
    isArithmetic: ARITHMETIC.has(marker),
    height: segment.length >= 6 ? segment.readUInt16BE(1) : 0,
    width: segment.length >= 6 ? segment.readUInt16BE(3) : 0,
    sampling,
  };
}

/** Notes where the tables are. They are built when they are needed, which is seldom. */
function readTables(segment: Buffer, tables: Map<number, Buffer>): void {
  for (let at = 0; at + 17 <= segment.length; ) {
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    tables.set(segment[at] ?? 0, segment.subarray(at + 1, at + 17 + total));
    at += 17 + total;
  }
}

function readScan(
  segment: Buffer,
  { width, height, sampling }: Frame,
  tables: ReadonlyMap<number, Buffer>,
  restartInterval: number,
  start: number,
): JpegScan | undefined {
  const factors = [...sampling.values()];
  const components: JpegComponent[] = [];
  for (let i = 0; i < (segment[0] ?? 0); i++) {
    const component = sampling.get(segment[1 + 2 * i] ?? 0);
    const selected = segment[2 + 2 * i] ?? 0;
    const dc = tables.get(selected >> 4);
    const ac = tables.get(0x10 | (selected & 15));
    // The decoder reports a table that does not exist.
    if (component === undefined || dc === undefined || ac === undefined) return undefined;
    components.push({ ...component, dc: buildTable(dc), ac: buildTable(ac) });
  }
  const maxH = Math.max(1, ...factors.map(({ h }) => h));
  const maxV = Math.max(1, ...factors.map(({ v }) => v));
  return { width, height, maxH, maxV, components, restartInterval, start };
}

function buildTable(table: Buffer): HuffmanTable {
  return huffmanTable(table.subarray(0, 16), table.subarray(16));
}

function noteScan(
  segment: Buffer,
  { isProgressive }: Frame,
  lowest: ReadonlyMap<number, (number | undefined)[]>,
): void {
  const count = segment[0] ?? 0;
  const [from = 0, to = 0, approximation = 0] = segment.subarray(1 + 2 * count);
  for (let i = 0; i < count; i++) {
    const bits = lowest.get(segment[1 + 2 * i] ?? 0);
    if (bits === undefined) continue;
    if (!isProgressive) bits[0] = 0;
    else for (let k = from; k <= Math.min(to, COEFFICIENTS - 1); k++) bits[k] = approximation & 15;
  }
}

/** The next marker that is neither a stuffed byte nor a restart. */
function nextMarker(bytes: Buffer, from: number): number | undefined {
  for (
    let at = bytes.indexOf(0xff, from);
    at >= 0 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const code = bytes[at + 1] as number;
    if (code !== 0 && code !== 0xff && (code < 0xd0 || code > 0xd7)) return at;
  }
  return undefined;
}
