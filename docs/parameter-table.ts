import { describeRefusedValue, type RefusedValue } from '../lambda/contract/bad-input';
import { allowedValues } from '../lambda/contract/parameters/allowed-values';
import type { Parameter } from '../lambda/contract/parameters/parameter';
import { PARAMETER_DOCS } from '../lambda/contract/parameters/parameter-docs';
import { PARAMETERS } from '../lambda/contract/parameters/table';

/** The URL contract for readers, from the table that the functions parse with. */
export function parameterTable(): string {
  const rows = PARAMETERS.map((parameter) => {
    const { doc, absent } = PARAMETER_DOCS[parameter.name];
    return `| \`${parameter.name}\` | ${doc} | ${describeValues(parameter)} | ${absent} |`;
  });
  return ['| parameter | what | values | if absent |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The same, for who wants to see at a glance what there is. */
export function shortParameterTable(): string {
  const rows = PARAMETERS.map(({ name }) => `| \`${name}\` | ${PARAMETER_DOCS[name].doc} |`);
  return ['| parameter | what |', '| --- | --- |', ...rows].join('\n');
}

/** What the functions answer to the first value past what each parameter allows. */
export function refusalTable(): string {
  const rows = PARAMETERS.flatMap((parameter) => {
    const bad = refusalOf(parameter);
    return bad === undefined
      ? []
      : [`| \`${bad.parameter}=${bad.value}\` | \`${describeRefusedValue(bad)}\` |`];
  });
  return ['| sent | answered |', '| --- | --- |', ...rows].join('\n');
}

function describeValues(parameter: Parameter): string {
  return parameter.kind === 'type' ? 'a configured type' : allowedValues(parameter);
}

function refusalOf(parameter: Parameter): RefusedValue | undefined {
  if (parameter.kind === 'type') return undefined;
  const value = 'max' in parameter ? String(parameter.max + 1) : 'other';
  return { parameter: parameter.name, value, allowed: allowedValues(parameter) };
}
