import { normalise } from '../../lambda/contract/normalise';
import type { ParameterName } from '../../lambda/contract/parameters/parameter';
import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { readQuery } from '../../lambda/contract/query';

/** What each control says, as text; an empty one is absent from the URL. */
export type Values = Readonly<Record<ParameterName, string>>;

/** A picture and what is to be made of it. */
export interface Choice {
  /** The picture's key; the empty string where there is none. */
  readonly key: string;
  readonly values: Values;
}

export const NO_VALUES: Values = {
  t: '',
  w: '',
  h: '',
  format: '',
  quality: '',
  fit: '',
  position: '',
  dpr: '',
};

/** A crop that shows something at first sight. */
export const FIRST_VALUES: Values = { ...NO_VALUES, t: 'A', w: '480', h: '480', format: 'webp' };

/** The query of a choice in its normal form. What no parameter allows stays in it, to be refused by the edge. */
export function queryOf(values: Values): string {
  return normalise(
    PARAMETERS.map(({ name }) => ({ name, value: encodeURIComponent(values[name]).replaceAll('%2C', ',') })),
  );
}

/** The address of the page that shows a choice, after its `#`. */
export function hashOf({ key, values }: Choice): string {
  return `#/${key.split('/').map(encodeURIComponent).join('/')}?${queryOf(values)}`;
}

/** Reads {@link hashOf}; undefined where the address says nothing. */
export function readHash(hash: string): Choice | undefined {
  const [path = '', ...query] = hash.split('?');
  if (!path.startsWith('#/')) return undefined;
  try {
    const said = readQuery(query.join('?')).map(({ name, value }) => [name, decodeURIComponent(value)]);
    const known = said.filter(([name]) => name !== undefined && name in NO_VALUES);
    return { key: decodeURIComponent(path.slice(2)), values: { ...NO_VALUES, ...Object.fromEntries(known) } };
  } catch {
    return undefined;
  }
}
