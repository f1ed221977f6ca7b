/** Steps of red, green and blue: coarse enough for the shades of one thing to fall together. */
const LEVELS = 8;

/** Below this, a pixel is as good as not there. */
const OPAQUE = 128;

/**
 * The colour that most of a picture has, as `#rrggbb`: the mean of the fullest of {@link LEVELS}³ bins. A mean of all
 * pixels would be a brown that is nowhere in the picture.
 *
 * @param rgba red, green, blue and alpha of each pixel
 * @returns undefined where nothing is opaque
 */
export function dominantColour(rgba: Uint8Array): string | undefined {
  const bins = new Map<number, [count: number, red: number, green: number, blue: number]>();
  for (let i = 0; i < rgba.length; i += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(i, i + 4);
    if (alpha < OPAQUE) continue;
    const index = (binOf(red) * LEVELS + binOf(green)) * LEVELS + binOf(blue);
    const bin = bins.get(index) ?? [0, 0, 0, 0];
    bins.set(index, [bin[0] + 1, bin[1] + red, bin[2] + green, bin[3] + blue]);
  }
  if (bins.size === 0) return undefined;
  const [count, ...sums] = [...bins.values()].reduce((fullest, bin) => (bin[0] > fullest[0] ? bin : fullest));
  const hex = (sum: number) =>
    Math.round(sum / count)
      .toString(16)
      .padStart(2, '0');
  return `#${sums.map(hex).join('')}`;
}

function binOf(value: number): number {
  return Math.floor((value * LEVELS) / 256);
}
