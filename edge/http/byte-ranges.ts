import parseRange from 'range-parser';

/** A part of a body; both positions are inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The results of `range-parser` that are not ranges. */
const UNSATISFIABLE = -1;
const MALFORMED = -2;

/** A range whose last position is before its first. */
const REVERSED = /(?:=|,)\s*(\d+)-(\d+)\s*(?=,|$)/g;

/**
 * Reads a `Range` header. Like S3, it ignores an invalid one: https://www.rfc-editor.org/rfc/rfc9110#section-14.1.1
 *
 * @returns `ignored` for the whole body, `unsatisfiable` for a 416
 */
export function parseByteRanges(
  size: number,
  header: string,
): readonly ByteRange[] | 'ignored' | 'unsatisfiable' {
  // `range-parser` calls a reversed range unsatisfiable.
  for (const [, first, last] of header.matchAll(REVERSED)) if (Number(last) < Number(first)) return 'ignored';
  const ranges = parseRange(size, header, { combine: true });
  if (ranges === UNSATISFIABLE) return 'unsatisfiable';
  if (ranges === MALFORMED || ranges.type !== 'bytes') return 'ignored';
  return ranges;
}
