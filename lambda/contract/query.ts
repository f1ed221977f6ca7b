import { nameOf } from './parameters/table';

/** One `name=value` of a query string, still percent-encoded, as the viewer sent it. */
export interface QueryPair {
  readonly name: string;
  readonly value: string;
}

/**
 * What a query says: the values of each name that are not empty. What is said under a parameter's alias is said under
 * its name.
 */
export type Query = Readonly<Record<string, readonly string[] | undefined>>;

/** Reads a query string. */
export function readQuery(querystring: string): Query {
  return groupPairs(splitQuery(querystring));
}

/**
 * Splits a query string as CloudFront does: only `&` delimits, names are literal and case-sensitive.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 */
export function splitQuery(querystring: string): readonly QueryPair[] {
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

/** What these pairs say together. */
export function groupPairs(pairs: readonly QueryPair[]): Query {
  const query = emptyQuery();
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as QueryPair;
    addValue(query, nameOf(pair.name), pair.value);
  }
  return query;
}

/** A query that {@link addValue} fills. */
export type QueryDraft = Record<string, string[] | undefined>;

/** Without a prototype: a viewer may name a parameter `constructor`. */
export function emptyQuery(): QueryDraft {
  return Object.create(null) as QueryDraft;
}

/** Adds a value to what a query says, unless it is empty. */
export function addValue(query: QueryDraft, name: string, value: string): void {
  if (value === '') return;
  const values = query[name];
  if (values === undefined) query[name] = [value];
  else values.push(value);
}
