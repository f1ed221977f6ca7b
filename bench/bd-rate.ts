/** One encode of a picture: how it looks and what it weighs. */
export interface Point {
  /** A score that grows with the quality, e.g. SSIMULACRA2. */
  readonly score: number;
  readonly bytes: number;
}

/**
 * The Bjøntegaard rate: how many bytes a curve takes beside another at equal scores, as the mean over the scores that
 * both reach. Between two points the logarithm of the bytes is a line.
 *
 * @returns e.g. −0.1 for a tenth fewer bytes; undefined where the curves share no scores
 */
export function bdRate(curve: readonly Point[], reference: readonly Point[]): number | undefined {
  const [a, b] = [sorted(curve), sorted(reference)];
  const low = Math.max(a[0]?.score ?? Number.NaN, b[0]?.score ?? Number.NaN);
  const high = Math.min(a.at(-1)?.score ?? Number.NaN, b.at(-1)?.score ?? Number.NaN);
  if (!(high > low)) return undefined;
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) {
    const score = low + ((high - low) * i) / STEPS;
    sum += logBytesAt(a, score) - logBytesAt(b, score);
  }
  return Math.exp(sum / (STEPS + 1)) - 1;
}

const STEPS = 100;

function sorted(points: readonly Point[]): readonly Point[] {
  return [...points].sort((a, b) => a.score - b.score);
}

function logBytesAt(points: readonly Point[], score: number): number {
  const after = Math.max(
    1,
    points.findIndex((point) => point.score >= score),
  );
  const [from, to] = [points[after - 1], points[after]];
  if (from === undefined || to === undefined) return Number.NaN;
  const part = to.score === from.score ? 0 : (score - from.score) / (to.score - from.score);
  return Math.log(from.bytes) + part * Math.log(to.bytes / from.bytes);
}
