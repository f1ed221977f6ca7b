/**
 * From HDR to SDR, for each of the three channels. White is at 203 cd/m² (ITU-R BT.2408), the source's peak is taken
 * to be 1000 cd/m², and what is brighter is white too. The highlights roll off as in ITU-R BT.2390, section 5.4.1: up
 * to 92 cd/m² nothing changes.
 */
const WHITE = 203;
const PEAK = 1_000;

const POINTS = 4_096;

/** Light from 0 to 1 for each of {@link POINTS} stored values, evenly spaced. */
export function toneCurve(transfer: 'pq' | 'hlg'): readonly number[] {
  const nits = transfer === 'pq' ? pqToNits : hlgToNits;
  return Array.from({ length: POINTS }, (_, i) => Math.min(1, rollOff(nits(i / (POINTS - 1))) / WHITE));
}

// SMPTE ST 2084.
const M1 = 2610 / 16384;
const M2 = (2523 / 4096) * 128;
const C1 = 3424 / 4096;
const C2 = (2413 / 4096) * 32;
const C3 = (2392 / 4096) * 32;

function pqToNits(value: number): number {
  const power = value ** (1 / M2);
  return 10_000 * (Math.max(0, power - C1) / (C2 - C3 * power)) ** (1 / M1);
}

function nitsToPq(nits: number): number {
  const power = (nits / 10_000) ** M1;
  return ((C1 + C2 * power) / (1 + C3 * power)) ** M2;
}

/** ITU-R BT.2100, with the system gamma of 1.2 that a display of 1000 cd/m² has. */
function hlgToNits(value: number): number {
  const a = 0.17883277;
  const b = 1 - 4 * a;
  const c = 0.5 - a * Math.log(4 * a);
  const scene = value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - c) / a) + b) / 12;
  return PEAK * scene ** 1.2;
}

function rollOff(nits: number): number {
  const peak = nitsToPq(PEAK);
  const max = nitsToPq(WHITE) / peak;
  const knee = 1.5 * max - 0.5;
  const value = Math.min(1, nitsToPq(nits) / peak);
  if (value < knee) return nits;
  const t = (value - knee) / (1 - knee);
  const rolled =
    (2 * t ** 3 - 3 * t ** 2 + 1) * knee +
    (t ** 3 - 2 * t ** 2 + t) * (1 - knee) +
    (-2 * t ** 3 + 3 * t ** 2) * max;
  return pqToNits(rolled * peak);
}
