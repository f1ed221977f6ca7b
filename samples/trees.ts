import { type Canvas, cover } from './canvas';
import { clamp, mix, type Rgb } from './colour';
import { hash, noise } from './noise';

export type Tree = {
  readonly x: number;
  readonly foot: number;
  readonly height: number;
  readonly seed: number;
};

/** A conifer against the light: tiers of hanging branches, ragged at the edge, thin at the tip. */
export const drawConifer = (c: Canvas, tree: Tree, dark: Rgb, rim: Rgb): void => {
  const half = tree.height * (0.13 + hash(tree.seed, 1, 5) * 0.06);
  const tiers = 10 + Math.floor(hash(tree.seed, 2, 5) * 6);
  const lean = (hash(tree.seed, 3, 5) - 0.5) * 0.05;
  for (let y = Math.floor(tree.foot - tree.height); y <= tree.foot; y++) {
    const down = clamp((y - tree.foot + tree.height) / tree.height);
    const middle = tree.x + lean * (1 - down) * tree.height;
    for (let x = Math.floor(middle - half * 1.5); x <= middle + half * 1.5; x++) {
      const side = x < middle ? -1 : 1;
      const across = Math.abs(x - middle) / half;
      // Each side has tiers of its own; a tier hangs down as it goes out, and so do the twigs on it.
      const hang = down ** 0.85 - across * 0.05 + noise(x * 0.03, y * 0.03, tree.seed) * 0.012;
      const phase = hang * tiers + side * 0.23 + hash(tree.seed, side, 9);
      const tier = Math.floor(phase);
      const twig = hang * tiers * 3.7 + noise(x * 0.05, y * 0.02, tree.seed + 1) * 0.5;
      const reach = 0.66 + hash(tier, tree.seed, side + 31) * 0.4;
      const shape = 0.42 + 0.34 * (phase - tier) ** 0.8 + 0.3 * (twig - Math.floor(twig)) ** 1.6;
      const needles =
        noise(x * 0.45, y * 0.3, tree.seed + 2) * 0.1 + noise(x * 0.12, y * 0.2, tree.seed) * 0.1;
      const edge = down ** 0.86 * reach * shape + needles * down ** 0.7 + 0.6 / half;
      const bare = down > 0.95 ? 0.1 : edge;
      const alpha = clamp((Math.min(edge, bare) - across) * half * 0.7 + 0.5);
      cover(c, x, y, mix(dark, rim, clamp(across * 0.9 - 0.2 + (side > 0 ? 0.25 : -0.1))), alpha);
    }
  }
};
