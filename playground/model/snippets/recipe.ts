import { imageUrl as clientUrl, type ResponsiveParams, type SrcSetSteps, srcSet } from '../../../client/src';
import { PARAMETERS } from '../../../lambda/contract/parameters/table';
import { boxOf } from '../asked';
import { type Choice, queryOf, type Values } from '../choice';
import { croppedFrom, cropSize, densityOf } from '../crop-size';
import type { Size } from '../placement';
import { effective, isLocked, type Settings } from '../settings';

/** Widths in the page's pixels that most layouts do with, where neither choice nor settings have any. */
const WIDTHS: readonly number[] = [320, 640, 960, 1280, 1920];
const DENSITIES: readonly number[] = [1, 2, 3];
/** A candidate that is less than this much sharper than the one before is not worth its bytes. */
const SHARPER = 1.1;

/** What all snippets of a choice are written from. */
export interface Recipe {
  /** Where the pictures will be: an origin. */
  readonly base: string;
  readonly key: string;
  /** The URL of the choice as it is, with what no parameter allows. */
  readonly url: string;
  /** As the client takes them; undefined where it refuses what is chosen, as the edge does. */
  readonly params: ResponsiveParams | undefined;
  /** The candidates of a srcset; undefined where one URL is all that the type or the original allows. */
  readonly steps: SrcSetSteps | undefined;
  /** In the page's pixels; undefined where the original's size is not known. */
  readonly size: Size | undefined;
  /** Whether a page may name the format in place of the choice. */
  readonly isFormatFree: boolean;
  /** Gives a URL its signature; without signing, the URL itself. */
  sign(url: string): string;
}

/** What a recipe depends on beside the choice. */
export interface RecipeOptions {
  readonly base: string;
  readonly settings: Settings;
  /** Of the upright original; undefined where it is not known. */
  readonly original: Size | undefined;
  sign(url: string): string;
}

/** The URL of a choice on an edge. What no parameter allows is in it, which the client would not write. */
export function imageUrl(origin: string, { key, values }: Choice): string {
  const query = queryOf(values);
  return `${clientUrl(origin, key)}${query && `?${query}`}`;
}

/** Settles how a page shows a choice: its size there, and which sizes the edge is to be asked for. */
export function createRecipe(
  choice: Choice,
  { base, settings, original: whole, sign }: RecipeOptions,
): Recipe {
  const { key, values } = choice;
  const said = effective(values, settings);
  const original = whole && croppedFrom(whole, said);
  const isSized = said.w !== '' || said.h !== '';
  const isOneSize = ['w', 'h', 'dpr'].some((name) => isLocked(name, values.t, settings));
  const params = paramsOf(values);
  const steps =
    isOneSize || values.t === '' || !params
      ? undefined
      : isSized
        ? densities(original, said)
        : widths(original, settings);
  const checked = params && isAccepted(base, key, params, steps) ? params : undefined;
  return {
    base,
    key,
    url: imageUrl(base, choice),
    params: checked,
    steps: checked && steps,
    size: checked && original && cropSize(original, boxOf(said)),
    isFormatFree: !isLocked('format', values.t, settings),
    sign,
  };
}

/** Nothing is enlarged, so the densest screen that gains is the one that the original still fills. */
function densities(original: Size | undefined, values: Values): SrcSetSteps | undefined {
  const most = original ? densityOf(original, boxOf(values)) : 1;
  const whole = DENSITIES.filter((density) => density <= most);
  const largest = Math.min(Math.floor(most * 100) / 100, 3);
  const last = whole.at(-1) ?? 1;
  const dprs = largest >= last * SHARPER ? [...whole, largest] : whole;
  return dprs.length > 1 ? { dprs } : undefined;
}

function widths(original: Size | undefined, settings: Settings): SrcSetSteps {
  const offered = settings.widths.length > 0 ? settings.widths : WIDTHS;
  if (!original) return { widths: offered };
  const fitting = offered.filter((width) => width < original.width);
  return { widths: fitting.length === offered.length ? fitting : [...fitting, original.width] };
}

/** As the client wants them; undefined where a number is none. */
function paramsOf(values: Values): ResponsiveParams | undefined {
  const said = PARAMETERS.flatMap(({ name, kind }) => {
    const text = values[name].trim();
    if (text === '' || name === 'dpr') return [];
    const isNumber = kind === 'integer' || kind === 'decimal';
    const word = text.toLowerCase();
    return [[name, isNumber ? Number(text) : kind === 'flag' ? word === 'true' : word] as const];
  });
  if (said.some(([, value]) => Number.isNaN(value))) return undefined;
  return { ...Object.fromEntries(said), ...(values.t && { t: values.t }) };
}

function isAccepted(
  base: string,
  key: string,
  params: ResponsiveParams,
  steps: SrcSetSteps | undefined,
): boolean {
  try {
    clientUrl(base, key, params);
    if (steps) srcSet(base, key, params, steps);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
