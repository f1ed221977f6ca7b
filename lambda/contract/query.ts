import type { Parameter } from './parameters/parameter';

/** One `name=value` of a query string, still percent-encoded, as the viewer sent it. */
export interface QueryPair {
  readonly name: string;
  readonly value: string;
}

/**
 * Splits a query string as CloudFront does: only `&` delimits, names are literal and case-sensitive.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 */
export function readQuery(querystring: string): readonly QueryPair[] {
  const pairs: QueryPair[] = [];
  const parts = querystring.split('&');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    const equals = part.indexOf('=');
    if (part !== '') {
      pairs.push(
        equals < 0
          ? { name: part, value: '' }
          : { name: part.slice(0, equals), value: part.slice(equals + 1) },
      );
    }
  }
  return pairs;
}

/** The non-empty values of each name. */
export type ValuesByName = Readonly<Record<string, readonly string[] | undefined>>;

/** Groups a query by its names, without empty values. */
export function groupByName(query: readonly QueryPair[]): ValuesByName {
  // Without a prototype: a viewer may name a parameter `constructor`.
  const groups: Record<string, string[]> = Object.create(null);
  for (let i = 0; i < query.length; i++) {
    const pair = query[i] as QueryPair;
    if (pair.value !== '') {
      const values = groups[pair.name];
      if (values === undefined) groups[pair.name] = [pair.value];
      else values.push(pair.value);
    }
  }
  return groups;
}

/** What a query says about a parameter, under both of its names. */
export function saidOf(said: ValuesByName, parameter: Parameter): readonly string[] {
  const values = said[parameter.name];
  const others = parameter.alias === undefined ? undefined : said[parameter.alias];
  if (others === undefined) return values === undefined ? NONE : values;
  return values === undefined ? others : values.concat(others);
}

const NONE: readonly string[] = [];

/** The non-empty values of a name. */
export function valuesOf(query: readonly QueryPair[], name: string): readonly string[] {
  const values: string[] = [];
  for (let i = 0; i < query.length; i++) {
    const pair = query[i] as QueryPair;
    if (pair.name === name && pair.value !== '') values.push(pair.value);
  }
  return values;
}
