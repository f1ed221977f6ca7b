/**
 * The URL contract: one row for each parameter. The parser, the cache policy's allow-list, the error
 * texts and the README's table all come from here; what a row means to a reader stands in
 * `parameter-docs.ts`, so that it need not travel to the edge.
 *
 * This folder also runs as a CloudFront Function (cloudfront-js-2.0), whose engine has no destructuring,
 * spread, `for…of`, default arguments, `Map` or `Set`:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */

/** How a picture meets its box. */
export type Fit = 'cover' | 'contain' | 'inside';

/** Formats that a viewer can ask for. */
export type ViewerFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'auto';

/**
 * Formats of a crop. `auto` is settled by the viewer's `Accept` before the Lambda sees it: `auto-avif` or
 * `auto-webp`, within which the Lambda picks by the source, or nothing. A viewer cannot ask for those two.
 */
export type FormatParam = ViewerFormat | 'auto-avif' | 'auto-webp';

/** The names of all parameters. */
export type ParameterName = 't' | 'w' | 'h' | 'format' | 'quality' | 'fit' | 'position' | 'dpr';

interface ParameterRow {
  readonly name: ParameterName;
}

/** Names one of the configured types. */
export interface TypeParameter extends ParameterRow {
  readonly kind: 'type';
}

/** A whole number in decimal digits, both ends of the range allowed. */
export interface IntegerParameter extends ParameterRow {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** A decimal number, both ends of the range allowed. */
export interface DecimalParameter extends ParameterRow {
  readonly kind: 'decimal';
  readonly min: number;
  readonly max: number;
}

/** One word of a list, in any case; an alias stands for the word behind it. */
export interface WordParameter extends ParameterRow {
  readonly kind: 'word';
  readonly words: readonly string[];
  /** Words that one function of ours says to the other, and no viewer may say. */
  readonly internal: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
}

/** One word of a list, or a point `x,y` with both numbers from 0 to 1. */
export interface PositionParameter extends ParameterRow {
  readonly kind: 'position';
  readonly words: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
}

export type Parameter =
  | TypeParameter
  | IntegerParameter
  | DecimalParameter
  | WordParameter
  | PositionParameter;

/** The largest side of a variant, in pixels. */
export const MAX_SIDE = 4096;

export const TYPE: TypeParameter = {
  name: 't',
  kind: 'type',
};

export const WIDTH: IntegerParameter = {
  name: 'w',
  kind: 'integer',
  min: 1,
  max: MAX_SIDE,
  unit: 'pixels',
};

export const HEIGHT: IntegerParameter = {
  name: 'h',
  kind: 'integer',
  min: 1,
  max: MAX_SIDE,
  unit: 'pixels',
};

export const FORMAT = {
  name: 'format',
  kind: 'word',
  words: ['jpeg', 'png', 'webp', 'avif', 'auto'],
  internal: ['auto-avif', 'auto-webp'],
  aliases: { jpg: 'jpeg' },
} as const satisfies WordParameter;

export const QUALITY: IntegerParameter = {
  name: 'quality',
  kind: 'integer',
  min: 1,
  max: 100,
  unit: "on JPEG's scale",
};

export const FIT = {
  name: 'fit',
  kind: 'word',
  words: ['cover', 'contain', 'inside'],
  internal: [],
  aliases: {},
} as const satisfies WordParameter;

export const POSITION = {
  name: 'position',
  kind: 'position',
  words: [
    'centre',
    'north',
    'northeast',
    'east',
    'southeast',
    'south',
    'southwest',
    'west',
    'northwest',
    'attention',
    'entropy',
  ],
  aliases: { center: 'centre' },
} as const satisfies PositionParameter;

export const DPR: DecimalParameter = {
  name: 'dpr',
  kind: 'decimal',
  min: 1,
  max: 3,
};

/** Every parameter, in the order of the normal form. */
export const PARAMETERS: readonly Parameter[] = [TYPE, WIDTH, HEIGHT, FORMAT, QUALITY, FIT, POSITION, DPR];

/**
 * What the viewer-request function adds and no viewer can set: the version of the pixels.
 *
 * A new one is a new cache key, so a deploy that changes the pixels needs no invalidation.
 */
export const VERSION = 'v';

/** Every name that reaches the cache key and the Lambda. */
export const FORWARDED: readonly string[] = /* @__PURE__ */ PARAMETERS.map(
  (parameter): string => parameter.name,
).concat(VERSION);

/** What a parameter allows, for people: the end of the 400's line. */
export function allowedValues(parameter: Parameter): string {
  if (parameter.kind === 'integer') {
    return `a whole number from ${parameter.min} to ${parameter.max} (${parameter.unit})`;
  }
  if (parameter.kind === 'decimal') {
    return `a number from ${parameter.min} to ${parameter.max}`;
  }
  if (parameter.kind === 'position') {
    return `one of ${parameter.words.join(', ')}, or a point x,y with numbers from 0 to 1`;
  }
  if (parameter.kind === 'word') {
    return `one of ${parameter.words.concat(Object.keys(parameter.aliases)).join(', ')}`;
  }
  return 'the name of a type';
}
