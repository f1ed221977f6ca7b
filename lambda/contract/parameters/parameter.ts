/** The names of all parameters. */
export type ParameterName = 't' | 'w' | 'h' | 'format' | 'quality' | 'fit' | 'position' | 'dpr';

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
}

/** A decimal number, from `min` to `max`. */
export interface DecimalParameter extends ParameterRow {
  readonly kind: 'decimal';
  readonly min: number;
  readonly max: number;
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

export type Parameter =
  | TypeParameter
  | IntegerParameter
  | DecimalParameter
  | WordParameter
  | PositionParameter;
