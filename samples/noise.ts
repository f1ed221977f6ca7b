/** A repeatable 0..1 for a lattice point: the same picture on every run. */
export const hash = (x: number, y: number, seed: number): number => {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 1442695041)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 15), 2246822519);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
};

/** A seeded stream of 0..1 (mulberry32). */
export const random = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** A gradient from one hash: the low half is its x, the high half its y. */
const slope = (ix: number, iy: number, fx: number, fy: number, seed: number): number => {
  let h = (Math.imul(ix, 374761393) + Math.imul(iy, 668265263) + Math.imul(seed, 1442695041)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 15), 2246822519);
  h ^= h >>> 16;
  return ((h & 0xffff) / 32767.5 - 1) * fx + ((h >>> 16) / 32767.5 - 1) * fy;
};

/**
 * Gradient noise, about -1..1: value noise shows its grid in ridges and clouds. This is called some hundred
 * million times, so nothing in it is imported: tsx turns each use of an import into a getter call.
 */
export const noise = (x: number, y: number, seed: number): number => {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const a = slope(ix, iy, fx, fy, seed);
  const b = slope(ix + 1, iy, fx - 1, fy, seed);
  const c = slope(ix, iy + 1, fx, fy - 1, seed);
  const d = slope(ix + 1, iy + 1, fx - 1, fy - 1, seed);
  const top = a + (b - a) * u;
  return (top + (c + (d - c) * u - top) * v) * 1.7;
};

/** Octaves of noise, about -1..1; each octave is turned a little, so that no axis shows through. */
export const fbm = (x: number, y: number, octaves: number, seed: number): number => {
  let sum = 0;
  let weight = 0.5;
  let px = x;
  let py = y;
  for (let i = 0; i < octaves; i++) {
    sum += noise(px, py, seed + i) * weight;
    const turned = px * 1.616 - py * 1.212;
    py = px * 1.212 + py * 1.616;
    px = turned;
    weight *= 0.5;
  }
  return sum;
};

/** Sharp crests, 0..1: each octave counts most on the crests of the one before, as in eroded rock. */
export const ridged = (x: number, y: number, octaves: number, seed: number): number => {
  let sum = 0;
  let weight = 0.5;
  let crest = 1;
  let px = x;
  let py = y;
  for (let i = 0; i < octaves; i++) {
    const n = 1 - Math.abs(noise(px, py, seed + i));
    const sharp = n * n * crest;
    sum += sharp * weight;
    crest = Math.min(1, sharp * 1.6);
    const turned = px * 1.616 - py * 1.212;
    py = px * 1.212 + py * 1.616;
    px = turned;
    weight *= 0.44;
  }
  return sum;
};
