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

/** How much smaller a variant is than its original; negative where it is larger. */
export function saved(original: number, variant: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
    original === 0 ? 0 : 1 - variant / original,
  );
}

/** `WebP` of `image/webp`. */
export function formatName(type: string): string {
  const names: Readonly<Record<string, string>> = { webp: 'WebP', 'svg+xml': 'SVG' };
  const name = type.replace(/^image\//, '');
  return names[name] ?? name.toUpperCase();
}
