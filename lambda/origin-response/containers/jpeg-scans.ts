/** Markers: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1. */
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Frames that libjpeg decodes: sequential, progressive, and both with arithmetic codes. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca]);
const PROGRESSIVE = new Set([0xc2, 0xca]);
const ARITHMETIC = new Set([0xc9, 0xca]);

const COEFFICIENTS = 64;

/** How the picture of a JPEG is stored, as far as it can be told without decoding. */
export type JpegScans =
  /** One scan of Huffman codes. `end` is where the codes end: whether they are all there, a decoder has to say. */
  | { readonly kind: 'single'; readonly end: number }
  /** Several scans, or arithmetic codes; all scans are there. */
  | { readonly kind: 'several'; readonly hasEndMarker: boolean }
  /** A scan is missing. */
  | { readonly kind: 'incomplete' };

interface Frame {
  readonly isProgressive: boolean;
  readonly isArithmetic: boolean;
  readonly components: number;
  /** The lowest bit that came so far of each coefficient, by component. */
  readonly lowest: ReadonlyMap<number, (number | undefined)[]>;
}

/** Reads the markers of a JPEG. */
export function readJpegScans(bytes: Buffer): JpegScans {
  let frame: Frame | undefined;
  let hasEndMarker = false;
  for (let at = nextMarker(bytes, 2); at !== undefined; ) {
    const marker = bytes[at + 1] as number;
    hasEndMarker = marker === END_OF_IMAGE;
    if (hasEndMarker || at + 4 > bytes.length) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) break;
    const segment = bytes.subarray(at + 4, end);
    if (FRAMES.has(marker)) frame = readFrame(marker, segment);
    if (marker === START_OF_SCAN && frame !== undefined) {
      const isSingle = !frame.isProgressive && !frame.isArithmetic && segment[0] === frame.components;
      if (isSingle) return { kind: 'single', end: nextMarker(bytes, end) ?? bytes.length };
      noteScan(segment, frame);
    }
    at = nextMarker(bytes, end);
  }
  return frame !== undefined && hasAllScans(frame)
    ? { kind: 'several', hasEndMarker }
    : { kind: 'incomplete' };
}

function hasAllScans({ isProgressive, lowest }: Frame): boolean {
  const needed = isProgressive ? COEFFICIENTS : 1;
  return [...lowest.values()].every((bits) => {
    for (let i = 0; i < needed; i++) if (bits[i] !== 0) return false;
    return true;
  });
}

function readFrame(marker: number, segment: Buffer): Frame {
  const components = segment[5] ?? 0;
  const ids = Array.from({ length: components }, (_, i) => segment[6 + 3 * i] ?? 0);
  return {
    isProgressive: PROGRESSIVE.has(marker),
    isArithmetic: ARITHMETIC.has(marker),
    components,
    lowest: new Map(ids.map((id) => [id, []])),
  };
}

function noteScan(segment: Buffer, { isProgressive, lowest }: Frame): void {
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
