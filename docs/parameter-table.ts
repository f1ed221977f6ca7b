import { PARAMETER_DOCS } from '../lambda/params/parameter-docs';
import { type BadInput, describeBadInput } from '../lambda/params/parse';
import { allowedValues, PARAMETERS, type Parameter } from '../lambda/params/table';

/** Between these two lines of a document stands what is generated. */
const BEGIN = '<!-- parameters: npm run docs -->';
const END = '<!-- /parameters -->';

/** The URL contract for readers, from the table that the functions parse with. */
export function parameterTable(): string {
  const rows = PARAMETERS.map((parameter) => {
    const { doc, absent } = PARAMETER_DOCS[parameter.name];
    return `| \`${parameter.name}\` | ${doc} | ${describeValues(parameter)} | ${absent} |`;
  });
  const refusals = PARAMETERS.flatMap((parameter) => {
    const bad = refusalOf(parameter);
    return bad === undefined
      ? []
      : [`| \`${bad.parameter}=${bad.value}\` | \`${describeBadInput(bad).trim()}\` |`];
  });
  return [
    '| parameter | what | values | if absent |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'What is not allowed is answered `400` with one line, before cache, Lambda and S3 (`t=A` with):',
    '',
    '| sent | answered |',
    '| --- | --- |',
    ...refusals,
  ].join('\n');
}

/**
 * Puts the table into a document.
 *
 * @throws Error where the document has no place for it
 */
export function withParameterTable(document: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`got a document without "${BEGIN}" and "${END}"`);
  return `${document.slice(0, begin + BEGIN.length)}\n${parameterTable()}\n${document.slice(end)}`;
}

function describeValues(parameter: Parameter): string {
  return parameter.kind === 'type' ? 'a configured type' : allowedValues(parameter);
}

/** The first value past what the parameter allows. */
function refusalOf(parameter: Parameter): BadInput | undefined {
  if (parameter.kind === 'type') return undefined;
  const value = 'max' in parameter ? String(parameter.max + 1) : 'top';
  return { parameter: parameter.name, value, allowed: allowedValues(parameter) };
}
