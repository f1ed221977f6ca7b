import type { Size, Window } from './geometry/geometry';

/** Pixels of all frames, one below the other, in 8 bits. */
export interface RawPixels {
  readonly data: Uint8Array;
  readonly width: number;
  /** Of one frame. */
  readonly height: number;
  readonly frames: number;
  readonly channels: number;
}

/** The longest side of the copy that a border is looked for on, in pixels. */
const COPY_SIDE = 512;

/** The size of the copy of a picture on which its border is looked for. */
export function copySize({ width, height }: Size): Size {
  const factor = Math.min(1, COPY_SIDE / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

/**
 * Finds what is left of a picture without a border of one colour: that of most of its corners.
 *
 * @param copy small pixels of the picture
 * @param size of the picture
 * @param tolerance difference of a channel that still is the same colour, 1…100 of 255
 * @returns the part within the border, in pixels of the picture; undefined where there is nothing else
 */
export function withinBorder(copy: RawPixels, size: Size, tolerance: number): Window | undefined {
  const { columns, rows } = differences(copy, borderColour(copy, tolerance));
  const across = extent(columns, tolerance, size.width);
  const down = extent(rows, tolerance, size.height);
  if (across === undefined || down === undefined) return undefined;
  return { left: across.from, top: down.from, width: across.long, height: down.long };
}

/** The colour that most corners of the first frame have; of equals the first. */
function borderColour(copy: RawPixels, tolerance: number): readonly number[] {
  const { width, height } = copy;
  const last = (height - 1) * width;
  const corners = [0, width - 1, last, last + width - 1].map((at) => colourAt(copy, at));
  const votes = corners.map(
    (corner) => corners.filter((other) => distance(copy, other, corner) <= tolerance).length,
  );
  return corners[votes.indexOf(Math.max(...votes))] as readonly number[];
}

/** The channels of a pixel, multiplied with its alpha: what is clear has no colour. */
function colourAt({ data, channels }: RawPixels, pixel: number): readonly number[] {
  const stored = [...data.subarray(pixel * channels, (pixel + 1) * channels)];
  if (channels % 2 === 1) return stored;
  const alpha = stored[channels - 1] as number;
  return stored.map((value, i) => (i === channels - 1 ? value : (value * alpha) / 255));
}

function distance({ channels }: RawPixels, a: readonly number[], b: readonly number[]): number {
  let most = 0;
  for (let i = 0; i < channels; i++) most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)));
  return most;
}

/** The largest difference from a colour in each column and row, over all frames. */
function differences(copy: RawPixels, colour: readonly number[]) {
  const { data, width, height, frames, channels } = copy;
  const columns = new Float64Array(width);
  const rows = new Float64Array(height);
  const hasAlpha = channels % 2 === 0;
  let at = 0;
  for (let y = 0; y < height * frames; y++) {
    const row = y % height;
    for (let x = 0; x < width; x++) {
      const alpha = hasAlpha ? (data[at + channels - 1] as number) / 255 : 1;
      let most = 0;
      for (let i = 0; i < channels; i++) {
        const value = (data[at + i] as number) * (hasAlpha && i < channels - 1 ? alpha : 1);
        const difference = Math.abs(value - (colour[i] as number));
        if (difference > most) most = difference;
      }
      at += channels;
      if (most > (columns[x] as number)) columns[x] = most;
      if (most > (rows[row] as number)) rows[row] = most;
    }
  }
  return { columns, rows };
}

/**
 * From the first to the last line that differs. A line of the copy is several of the picture: how much it differs from
 * the border, against the lines behind it, says which share of it is border.
 */
function extent(lines: Float64Array, tolerance: number, length: number) {
  const first = lines.findIndex((line) => line > tolerance);
  if (first < 0) return undefined;
  const last = lines.findLastIndex((line) => line > tolerance);
  const scale = length / lines.length;
  const border = (at: number, step: 1 | -1) => {
    if (scale === 1) return 0;
    const behind = [0, 1, 2].map((i) => lines[at + i * step] ?? 0);
    return 1 - (lines[at] as number) / Math.max(...behind);
  };
  const from = first === 0 ? 0 : Math.round((first + border(first, 1)) * scale);
  const to = last === lines.length - 1 ? length : Math.round((last + 1 - border(last, -1)) * scale);
  return { from: Math.min(from, length - 1), long: Math.max(1, to - from) };
}
