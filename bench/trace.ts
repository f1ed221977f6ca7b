/** A trace of requests for crops, spelled as the web spells them; the same for the same numbers. */
export function createTrace(requests: number, pictures: number): readonly string[] {
  const random = createRandom(20261122);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const nextPicture = createZipf(pictures, random);
  return Array.from({ length: requests }, () => {
    const [w, h] = pick(SIZES);
    return `/${nextPicture()}.jpg?${spell(w, h, pick(['webp', 'jpeg']), pick, random)}`;
  });
}

/** The sizes that a site's pages ask for. */
const SIZES = [
  [160, 120],
  [320, 240],
  [640, 400],
] as const;

type Pick = <T>(list: readonly T[]) => T;

/** One crop in one of its many spellings. */
function spell(w: number, h: number, format: string, pick: Pick, random: () => number): string {
  const isDense = random() < 0.3;
  const size = isDense ? [`w=${w / 2}`, `h=${h / 2}`, 'dpr=2'] : [`w=${w}`, `h=${h}`];
  const word = pick([format, format, format.toUpperCase(), format === 'jpeg' ? 'jpg' : format]);
  const parts = ['t=A', ...size, `format=${word}`];
  if (random() < 0.3) parts.push('quality=80');
  if (random() < 0.1) parts.push('position=centre');
  if (random() < 0.25) parts.push(`utm_source=${pick(['mail', 'feed', 'x'])}`);
  if (random() < 0.1) parts.push(`_=${Math.floor(random() * 1e6)}`);
  return random() < 0.5 ? parts.join('&') : shuffle(parts, random).join('&');
}

function shuffle(parts: readonly string[], random: () => number): readonly string[] {
  return parts
    .map((part) => ({ part, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ part }) => part);
}

/** Few pictures are asked for often and many seldom: the n-th as often as 1/n. */
function createZipf(count: number, random: () => number): () => number {
  const weights = Array.from({ length: count }, (_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return () => {
    let left = random() * total;
    return weights.findIndex((weight) => {
      left -= weight;
      return left <= 0;
    });
  };
}

function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
