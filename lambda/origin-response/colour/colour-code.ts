/** A colour space as a file header describes it, without an ICC profile. */
export interface ColourSpace {
  readonly primaries: Primaries;
  readonly transfer: Transfer;
}

/** CIE x and y of the primaries and of the white. */
export interface Primaries {
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
  readonly white: Chromaticity;
}

export type Chromaticity = readonly [x: number, y: number];

/** How stored values become light: a power, or one of the curves that have a name. */
export type Transfer = 'srgb' | 'pq' | 'hlg' | { readonly gamma: number };

const D65: Chromaticity = [0.3127, 0.329];
const C: Chromaticity = [0.31, 0.316];

export const SRGB_PRIMARIES: Primaries = {
  red: [0.64, 0.33],
  green: [0.3, 0.6],
  blue: [0.15, 0.06],
  white: D65,
};

const P3 = { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] } as const;
const SMPTE_170M: Primaries = { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 };

/** ITU-T H.273, table 2: https://www.itu.int/rec/T-REC-H.273 */
const PRIMARIES: Readonly<Record<number, Primaries>> = {
  1: SRGB_PRIMARIES,
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: C },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: SMPTE_170M,
  7: SMPTE_170M,
  8: { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: C },
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  11: { ...P3, white: [0.314, 0.351] },
  12: { ...P3, white: D65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
};

/**
 * H.273, table 3. The curves of television (1, 6, 14, 15) describe cameras; browsers show such pictures with the
 * curve of sRGB, and so do we.
 */
const TRANSFERS: Readonly<Record<number, Transfer>> = {
  4: { gamma: 2.2 },
  5: { gamma: 2.8 },
  8: { gamma: 1 },
  16: 'pq',
  17: { gamma: 2.6 },
  18: 'hlg',
};

/**
 * Reads the code points that a `cICP` or an `nclx` gives.
 *
 * @returns undefined for sRGB, and for codes that name nothing
 */
export function colourSpaceOf(primaries: number, transfer: number): ColourSpace | undefined {
  return unlessSrgb({
    primaries: PRIMARIES[primaries] ?? SRGB_PRIMARIES,
    transfer: TRANSFERS[transfer] ?? 'srgb',
  });
}

/** Chromaticities are stored in steps of 0.00001, and rounded by most who write them. */
const TOLERANCE = 0.002;

/** @returns undefined for sRGB, which needs no conversion */
export function unlessSrgb(space: ColourSpace): ColourSpace | undefined {
  const names = ['red', 'green', 'blue', 'white'] as const;
  const isSrgb = names.every((name) => {
    const [x, y] = space.primaries[name];
    const [srgbX, srgbY] = SRGB_PRIMARIES[name];
    return Math.abs(x - srgbX) < TOLERANCE && Math.abs(y - srgbY) < TOLERANCE;
  });
  return isSrgb && space.transfer === 'srgb' ? undefined : space;
}
