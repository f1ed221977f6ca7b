/** Linear light, 1 = paper white; pictures may go above 1 (the sun) and are rolled off when developed. */
export type Rgb = readonly [number, number, number];

export const clamp = (value: number, low = 0, high = 1): number => Math.min(high, Math.max(low, value));

export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;

export const smoothstep = (from: number, to: number, value: number): number => {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
};

export const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

export const toGamma = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** '#rrggbb' as linear light, because mixing and blurring are only right in linear light. */
export const hex = (code: string): Rgb => {
  const n = Number.parseInt(code.slice(1), 16);
  return [toLinear(((n >> 16) & 255) / 255), toLinear(((n >> 8) & 255) / 255), toLinear((n & 255) / 255)];
};

export const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** a + b * amount: light on top of light. */
export const add = (a: Rgb, b: Rgb, amount = 1): Rgb => [
  a[0] + b[0] * amount,
  a[1] + b[1] * amount,
  a[2] + b[2] * amount,
];

export const scale = (a: Rgb, k: number): Rgb => [a[0] * k, a[1] * k, a[2] * k];

export const multiply = (a: Rgb, b: Rgb): Rgb => [a[0] * b[0], a[1] * b[1], a[2] * b[2]];

export type Stop = readonly [number, Rgb];

/** A gradient through sorted stops. */
export const ramp = (stops: readonly Stop[], at: number): Rgb => {
  let before = stops[0];
  for (const stop of stops) {
    if (stop[0] >= at) {
      if (before === undefined || before === stop) return stop[1];
      return mix(before[1], stop[1], smoothstep(before[0], stop[0], at));
    }
    before = stop;
  }
  return before?.[1] ?? [0, 0, 0];
};
