import { imageUrl } from '../../client/src';
import { normalise } from '../../lambda/contract/normalise';
import type { ParameterName } from '../../lambda/contract/parameters/parameter';
import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { groupPairs, splitQuery } from '../../lambda/contract/query';

/** What each control says, as text; an empty one is absent from the URL. */
export type Values = Readonly<Record<ParameterName, string>>;

/** A picture and what is to be made of it. */
export interface Choice {
  /** The picture's key; the empty string where there is none. */
  readonly key: string;
  readonly values: Values;
}

export const NO_VALUES = Object.fromEntries(PARAMETERS.map(({ name }) => [name, ''])) as Values;

/** A crop that shows something at first sight: square and off the centre, in the best format. */
export const FIRST_VALUES: Values = {
  ...NO_VALUES,
  t: 'A',
  w: '480',
  h: '480',
  format: 'auto',
  position: '0.62,0.4',
};

/** The query of a choice in its normal form. What no parameter allows stays in it, for the edge to refuse. */
export function queryOf(values: Values): string {
  return normalise(
    groupPairs(
      PARAMETERS.map(({ name }) => ({
        name,
        value: encodeURIComponent(values[name]).replaceAll('%2C', ','),
      })),
    ),
  );
}

/** The address of the page that shows a choice, after its `#`. */
export function hashOf({ key, values }: Choice): string {
  return `#/${key.split('/').map(encodeURIComponent).join('/')}?${queryOf(values)}`;
}

/** Reads {@link hashOf}; undefined where the address names no choice. */
export function readHash(hash: string): Choice | undefined {
  const [path = '', ...query] = hash.split('?');
  if (!path.startsWith('#/')) return undefined;
  try {
    const said = splitQuery(query.join('?')).map(({ name, value }) => [name, decodeURIComponent(value)]);
    const known = said.filter(([name]) => name !== undefined && name in NO_VALUES);
    const key = decodeURIComponent(path.slice(2));
    // Throws for a key that no URL can name, such as one with `..` in it.
    imageUrl('', key);
    return { key, values: { ...NO_VALUES, ...Object.fromEntries(known) } };
  } catch {
    return undefined;
  }
}

/** Whether going from one choice to the other is a step that Back takes back: another picture or type. */
export function isStep(from: Choice, to: Choice): boolean {
  return from.key !== to.key || from.values.t !== to.values.t;
}

/** Whether a position is a point, which is true of one picture only. */
export function isPoint(position: string): boolean {
  return position.includes(',');
}
