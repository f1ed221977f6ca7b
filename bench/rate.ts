/** One point of a curve: what a picture costs, and how it looks. */
export interface Point {
  readonly bytes: number;
  readonly score: number;
}

/**
 * How many more bytes a curve takes than a reference at equal looks, in percent: Bjøntegaard's rate difference, with
 * lines between the points in place of polynomials. Fewer bytes are negative.
 *
 * @param range scores that count
 * @returns NaN where the curves have no scores in common
 */
export function rateDifference(
  curve: readonly Point[],
  reference: readonly Point[],
  range: readonly [number, number],
): number {
  const [a, b] = [ascending(curve), ascending(reference)];
  const low = Math.max(first(a).score, first(b).score, range[0]);
  const high = Math.min(last(a).score, last(b).score, range[1]);
  if (high <= low) return Number.NaN;
  const steps = 50;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const score = low + ((high - low) * i) / steps;
    sum += (logBytesAt(a, score) - logBytesAt(b, score)) / (steps + 1);
  }
  return (Math.exp(sum) - 1) * 100;
}

/** Bytes that a curve takes for a score. */
export function bytesAt(curve: readonly Point[], score: number): number {
  return Math.exp(logBytesAt(ascending(curve), score));
}

function logBytesAt(curve: readonly Point[], score: number): number {
  const next = Math.max(
    1,
    curve.findIndex((point) => point.score >= score),
  );
  const to = curve[next] ?? last(curve);
  const from = curve[next - 1] ?? to;
  const part = to.score === from.score ? 0 : (score - from.score) / (to.score - from.score);
  return Math.log(from.bytes) + part * Math.log(to.bytes / from.bytes);
}

/** By score, without points that cost more than a better one. */
function ascending(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.score - b.score || b.bytes - a.bytes);
  return sorted.filter((point, i) => sorted.slice(i + 1).every((better) => better.bytes > point.bytes));
}

function first(points: readonly Point[]): Point {
  return points[0] as Point;
}

function last(points: readonly Point[]): Point {
  return points.at(-1) as Point;
}
