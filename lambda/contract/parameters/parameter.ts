/** The names of all parameters. */
export type ParameterName =
  | 't'
  | 'w'
  | 'h'
  | 'format'
  | 'quality'
  | 'fit'
  | 'position'
  | 'dpr'
  | 'rect'
  | 'rotate'
  | 'flip'
  | 'background'
  | 'blur'
  | 'trim'
  | 'animated'
  | 'download';

interface ParameterRow {
  readonly name: ParameterName;
}

/** Names one of the configured types. */
export interface TypeParameter extends ParameterRow {
  readonly kind: 'type';
}

/** A whole number in decimal digits, from `min` to `max`. */
export interface IntegerParameter extends ParameterRow {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** Only multiples of it are allowed. */
  readonly step?: number;
}

/** A decimal number, from `min` to `max`. */
export interface DecimalParameter extends ParameterRow {
  readonly kind: 'decimal';
  readonly min: number;
  readonly max: number;
  /** Decimals of the normal form: 10 for tenths. Absent: as many as the URL has. */
  readonly parts?: number;
}

/** One word of a list, in upper or lower case. An alias is read as the word that it maps to. */
export interface WordParameter extends ParameterRow {
  readonly kind: 'word';
  readonly words: readonly string[];
  /** Words that our functions use between them, and no viewer may use. */
  readonly internal: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
}

/** One word of a list, or a point `x,y` with both numbers from 0 to 1. */
export interface PositionParameter extends ParameterRow {
  readonly kind: 'position';
  readonly words: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
}

/** A part of a picture: `x,y,w,h`, four fractions of its sides from 0 to 1. */
export interface RectParameter extends ParameterRow {
  readonly kind: 'rect';
}

/** A colour as `rrggbb` or `rgb`, or `transparent`. */
export interface ColourParameter extends ParameterRow {
  readonly kind: 'colour';
}

/** `true` or `false`. */
export interface FlagParameter extends ParameterRow {
  readonly kind: 'flag';
  readonly words: readonly string[];
}

export type Parameter =
  | TypeParameter
  | IntegerParameter
  | DecimalParameter
  | WordParameter
  | PositionParameter
  | RectParameter
  | ColourParameter
  | FlagParameter;
