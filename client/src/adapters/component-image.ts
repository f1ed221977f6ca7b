import { POSITION } from '../../../lambda/contract/parameters/table';
import { scaleBox } from '../../../lambda/contract/resolve';
import { badInput } from '../bad-input';
import { type ImageParams, imageUrl, type Signing } from '../index';

/** What image components say of a picture, each in its own words; a parameter of {@link ImageParams} too. */
export interface ComponentImage
  extends Omit<ImageParams, 'format' | 'quality' | 'fit' | 'position' | 'background'> {
  /** Pixels; `300px` is 300, and what is no number of pixels is left out. */
  readonly width?: number | string | undefined;
  /** Pixels, a fraction as well; `300px` is 300, and what is no number of pixels is left out. */
  readonly height?: number | string | undefined;
  /** One of {@link ImageParams}; `gif` and `svg` stay what the original is. */
  readonly format?: string | undefined;
  /** A number from 1 to 100, or `low`, `mid`, `high`, `max`. */
  readonly quality?: number | string | null | undefined;
  /** One of {@link ImageParams}, or a word of CSS or sharp. */
  readonly fit?: string | undefined;
  /** One of {@link ImageParams}, or as CSS writes it: `left top`, `30% 70%`. */
  readonly position?: string | readonly [x: number, y: number] | undefined;
  /** `transparent`, or a colour as `#rgb` or `#rrggbb`; other words of CSS are left out. */
  readonly background?: unknown;
}

/**
 * The URL of a component's picture. What a framework computes is brought to what the contract allows: sides
 * are rounded, and reduced in their ratio where one is above 4096; a dpr above 3 is 3.
 *
 * @throws RangeError for a `src` that is no object's key; TypeError, RangeError as {@link imageUrl}
 */
export function componentUrl(base: string, src: string, image: ComponentImage, { sign }: Signing): string {
  const { width, height, w, h, background, ...rest } = image;
  const { format, quality, fit, position, dpr } = rest;
  const box = scaleBox({ ...side('w', width ?? w), ...side('h', height ?? h) }, 1);
  const params = {
    ...rest,
    ...box,
    format: SOURCE_FORMATS.includes(format ?? '') ? undefined : format,
    quality: (typeof quality === 'string' ? QUALITIES[quality] : undefined) ?? number(quality),
    fit: FITS[fit ?? ''] ?? fit,
    position: typeof position === 'string' ? positionOf(position) : position,
    background: COLOUR.test(String(background)) ? background : undefined,
    dpr: dpr && Math.min(3, Math.max(1, dpr)),
  };
  // Words that the contract has not are refused by imageUrl with the contract's own line.
  const url = imageUrl(base, sourceKey(src), params as ImageParams);
  return sign ? sign(url) : url;
}

/** A scheme or a host, a query or a fragment, or a file that a build has put beside the page. */
const NO_KEY = /^(?:[\w+.-]+:)?\/\/|^(?:data|blob):|[?#]|^\/?(?:_next|_nuxt|_astro|@fs)\//i;

/**
 * The object's key in a component's `src`.
 *
 * @throws RangeError for a URL, a query, or an imported file, which no bucket has
 */
export function sourceKey(src: string): string {
  if (NO_KEY.test(src)) {
    throw badInput('src', src, "an object's key in the bucket: no URL, no ?query, no imported file");
  }
  return src;
}

/** Of originals that are no formats of crops. */
const SOURCE_FORMATS = ['gif', 'svg'];

/** Astro's words, in the numbers that its own service gives them. */
const QUALITIES: Readonly<Record<string, number>> = { low: 25, mid: 50, high: 80, max: 100 };

const COLOUR = /^(?:transparent|#?(?:[\da-f]{3}){1,2})$/i;

/** Nothing here stretches a picture: what would, fills the box and is cut. */
const FITS: Readonly<Record<string, string>> = {
  fill: 'cover',
  outside: 'cover',
  none: 'cover',
  'scale-down': 'inside',
};

const COMPASS: Readonly<Record<string, string>> = {
  top: 'north',
  bottom: 'south',
  left: 'west',
  right: 'east',
};

function positionOf(text: string): string {
  const words = text.trim().toLowerCase().split(/\s+/);
  if (words.every((word) => /^\d+(\.\d+)?%$/.test(word)) && words.length < 3) {
    return [words[0], words[1] ?? '50%'].map((word) => Number.parseFloat(word ?? '') / 100).join();
  }
  const points = words.map((word) => COMPASS[word] ?? word).filter((word) => word !== 'center');
  // CSS takes `left top` and `top left`; a compass says north and south first.
  const compass = points.sort((a, b) => Number(b.endsWith('th')) - Number(a.endsWith('th'))).join('');
  const isKnown = (POSITION.words as readonly string[]).includes(compass);
  return isKnown ? compass : points.length === 0 ? 'centre' : text;
}

function side<Name extends string>(name: Name, value: unknown): { readonly [name in Name]?: number } {
  const pixels = number(value);
  return (pixels ? { [name]: pixels } : {}) as { readonly [name in Name]?: number };
}

/** Undefined for what is no positive number, `auto` and `100%` among it. */
function number(value: unknown): number | undefined {
  return /^\d+(\.\d+)?(px)?$/.test(String(value)) ? Number.parseFloat(String(value)) : undefined;
}
