/** A number of bytes for people, in units of a thousand. */
export function bytes(count: number, language: string): string {
  const [value, unit] =
    count < 1000 ? [count, 'byte'] : count < 1e6 ? [count / 1000, 'kilobyte'] : [count / 1e6, 'megabyte'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

export function milliseconds(time: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'millisecond',
    maximumFractionDigits: time < 10 ? 1 : 0,
  }).format(time);
}

/** How much a variant weighs against something else: `-40%` is two fifths less. */
export function against(other: number, variant: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  }).format(other === 0 ? 0 : variant / other - 1);
}

/** `WebP` of `image/webp`. */
export function formatName(type: string): string {
  const names: Readonly<Record<string, string>> = { webp: 'WebP', 'svg+xml': 'SVG' };
  const name = type.replace(/^image\//, '');
  return names[name] ?? name.toUpperCase();
}
