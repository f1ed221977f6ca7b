import type {
  ColourParameter,
  DecimalParameter,
  FlagParameter,
  IntegerParameter,
  Parameter,
  PositionParameter,
  RectParameter,
  TypeParameter,
  WordParameter,
} from './parameter';

/**
 * The URL contract: one row for each parameter. The parser, the error texts and the README's table
 * all come from it. The documentation of each row is in `parameter-docs.ts`, so
 * that it does not travel to the edge.
 *
 * This folder also runs as a CloudFront Function (cloudfront-js-2.0), whose engine has no destructuring,
 * spread, `for…of`, default arguments, `Map` or `Set`:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */

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
  words: ['jpeg', 'png', 'webp', 'avif', 'auto', 'json'],
  internal: ['auto-avif', 'auto-webp', 'auto-jpeg'],
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
  // Replaced wherever they are in a word: `bottom-right` is `southeast`.
  aliases: { center: 'centre', top: 'north', bottom: 'south', left: 'west', right: 'east', '-': '' },
} as const satisfies PositionParameter;

export const DPR: DecimalParameter = {
  name: 'dpr',
  kind: 'decimal',
  min: 1,
  max: 3,
};

export const RECT: RectParameter = {
  name: 'rect',
  kind: 'rect',
};

export const ROTATE: IntegerParameter = {
  name: 'rotate',
  kind: 'integer',
  min: 0,
  max: 270,
  unit: 'degrees, by 90',
  step: 90,
};

export const FLIP = {
  name: 'flip',
  kind: 'word',
  words: ['h', 'v', 'hv'],
  internal: [],
  aliases: {},
} as const satisfies WordParameter;

export const BACKGROUND: ColourParameter = {
  name: 'background',
  kind: 'colour',
};

export const BLUR: DecimalParameter = {
  name: 'blur',
  kind: 'decimal',
  min: 0.3,
  max: 100,
  parts: 10,
};

export const TRIM: IntegerParameter = {
  name: 'trim',
  kind: 'integer',
  min: 1,
  max: 100,
  unit: 'tolerance',
};

const FLAG: readonly string[] = ['true', 'false'];

export const ANIMATED: FlagParameter = {
  name: 'animated',
  kind: 'flag',
  words: FLAG,
};

export const DOWNLOAD: FlagParameter = {
  name: 'download',
  kind: 'flag',
  words: FLAG,
};

/** How a picture meets its box. */
export type Fit = (typeof FIT.words)[number];

/** How a picture is mirrored: left to right, upside down, or both. */
export type Flip = (typeof FLIP.words)[number];

/** Formats that a viewer can ask for; `json` describes the picture. */
export type ViewerFormat = (typeof FORMAT.words)[number];

/**
 * Formats of a crop. The viewer-request function negotiates `auto` from the viewer's `Accept`: it becomes
 * `auto-avif`, `auto-webp` or `auto-jpeg`, within which the Lambda picks by the source. A viewer cannot ask for
 * those three.
 */
export type FormatParam = ViewerFormat | (typeof FORMAT.internal)[number];

/** Every parameter, in the order of the normal form. */
export const PARAMETERS: readonly Parameter[] = [
  TYPE,
  WIDTH,
  HEIGHT,
  FORMAT,
  QUALITY,
  FIT,
  POSITION,
  DPR,
  RECT,
  ROTATE,
  FLIP,
  BACKGROUND,
  BLUR,
  TRIM,
  ANIMATED,
  DOWNLOAD,
];

/** Other names that a URL may use. The normal form has the parameter's own. */
export const ALIASES: readonly string[] = ['width', 'height'];

/** A parameter's own name, by its name or its alias; any other name is itself. */
export function nameOf(name: string): string {
  if (name === 'width') return 'w';
  return name === 'height' ? 'h' : name;
}

/** The row of each parameter, by its own name. Written out: a script may be loaded for each request. */
const ROWS: Readonly<Record<string, Parameter | undefined>> = {
  t: TYPE,
  w: WIDTH,
  h: HEIGHT,
  format: FORMAT,
  quality: QUALITY,
  fit: FIT,
  position: POSITION,
  dpr: DPR,
  rect: RECT,
  rotate: ROTATE,
  flip: FLIP,
  background: BACKGROUND,
  blur: BLUR,
  trim: TRIM,
  animated: ANIMATED,
  download: DOWNLOAD,
};

/** The parameter of this name; an alias is none. */
export function parameterOf(name: string): Parameter | undefined {
  const row = ROWS[name];
  // Every object has a `constructor`, which is no row.
  return row !== undefined && row.kind !== undefined ? row : undefined;
}

/**
 * The version of the pixels. The viewer-request function adds it; a viewer cannot set it. A new version is a new
 * cache key, so a deploy that changes the pixels needs no invalidation.
 */
export const VERSION = 'v';
