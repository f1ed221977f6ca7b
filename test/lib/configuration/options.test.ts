import type { z } from 'zod';
import type { StackOptions } from '../../../lib/configuration/options';
import { stackSchema } from '../../../lib/configuration/stack-options';

/** With nothing optional and nothing writable, so that a key that only one of two types has is an error. */
type Complete<T> = T extends readonly (infer E)[]
  ? readonly Complete<E>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Complete<Exclude<T[K], undefined>> }
    : T;

type Written = Complete<StackOptions>;
type Inferred = Complete<z.input<typeof stackSchema>>;

// The compiler holds them against each other.
const toInferred = (options: Written): Inferred => options;
const toWritten = (options: Inferred): Written => options;

test('the options that are written out are those of the schema', () => {
  const options = { quality: 7, types: { thumb: { w: 9, locked: true } } };
  expect(stackSchema.parse(toWritten(toInferred(options as never)))).toMatchObject({ quality: 7 });
});
