import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { configurationRows, configurationTable } from '../../docs/configuration-table';
import { GENERATED, regenerate } from '../../docs/generated';
import { withSection } from '../../docs/section';
import { cacheQuery } from '../../lambda/contract/cache-query';
import { parse } from '../../lambda/contract/parse';
import { normalisePath } from '../../lambda/contract/path';
import { readQuery } from '../../lambda/contract/query';
import { appSchema, readAppOptions, readStackOptions } from '../../lib/configuration/stack-options';
import { functionSettings } from '../support/settings';
import { documents } from './markdown';

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

test.each(GENERATED)('%s says what the code says: run npm run docs', (file) => {
  expect(read(file)).toBe(regenerate(file, read(file)));
});

test('what the reference says is refused, is', () => {
  const sent = [...read('docs/url-reference.md').matchAll(/^\| `(\w+=\S+)` \| `\w+: got /gm)];
  expect(sent.length).toBeGreaterThan(4);
  for (const [, query] of sent) {
    expect(parse(readQuery(`t=A&${query}`), { A: {} }, false)).toMatchObject({ kind: 'bad' });
  }
});

test('what the reference calls one cache entry, is one', () => {
  const text = read('docs/url-reference.md');
  const section = text.slice(text.indexOf('## One crop, one cache entry'), text.indexOf('## How long'));
  const keys = [...section.matchAll(/^ {4}(\/\S+)\?(\S+)$/gm)].map(([, path = '', query = '']) => {
    const parsed = parse(readQuery(query), { A: {} }, false);
    if (parsed.kind !== 'crop') throw new Error(`got ${query}, which is no crop`);
    const settings = functionSettings({}, '01234567');
    return `${normalisePath(path)}?${cacheQuery(parsed.request, '', settings)}`;
  });
  expect(keys).toEqual(Array(3).fill('/photos/cat.jpg?t=A&w=320&h=240&format=webp&v=01234567'));
});

test('every key of the configuration is described: .describe() in the schema', () => {
  const silent = configurationRows(appSchema).filter(({ description }) => !description);
  expect(silent.map(({ key }) => key)).toEqual([]);
});

test('every setting has its row', () => {
  const { cropping, infrastructure } = readStackOptions({});
  const keys = configurationRows(appSchema).map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(Object.keys({ ...cropping, ...infrastructure })));
});

/** The samples of settings in the documents: JSON that is neither a policy's statement nor an answer. */
const SAMPLES = documents().flatMap(({ file, text }) =>
  [...text.matchAll(/```json\n([\s\S]*?)```/g)]
    .map(([, sample = '']) => sample.trim())
    .filter((sample) => !sample.includes('"Effect"') && !sample.includes('"thumbhash"'))
    .map((sample): [string, string] => [file, sample]),
);

test.each(SAMPLES)('%s shows settings that are accepted: %s', (_, sample) => {
  const written = JSON.parse(sample.startsWith('"') ? `{${sample}}` : sample);
  const settings = written.context?.edgecrop ?? written.edgecrop ?? written;
  expect(() => readAppOptions(settings)).not.toThrow();
});

test('there are samples of settings', () => {
  expect(SAMPLES.length).toBeGreaterThan(4);
});

test('a table of keys, whatever a schema is made of', () => {
  const schema = z.strictObject({
    name: z.string().default('cat').describe('Who.'),
    buckets: z
      .array(z.strictObject({ path: z.string().regex(/^\//, 'a path from /').describe('Where.') }))
      .optional(),
    percent: z.number().positive().max(100).default(1).describe('How many.'),
    sign: z
      .union([z.literal('all'), z.boolean()])
      .optional()
      .describe('What.'),
  });
  expect(configurationTable(schema)).toBe(`| key | what | allowed | default |
| --- | --- | --- | --- |
| \`name\` | Who. | text | \`"cat"\` |
| \`buckets\` |  | a list, each an object | none |
| \`buckets[].path\` | Where. | a path from / | none |
| \`percent\` | How many. | a number above 0 up to 100 | \`1\` |
| \`sign\` | What. | \`all\`, or \`true\`, \`false\` | none |`);
  expect(configurationRows(schema).filter(({ description }) => !description)).toEqual([
    { key: 'buckets', allowed: 'a list, each an object', byDefault: undefined, description: undefined },
  ]);
});

test('a document without the place for it is refused', () => {
  expect(() => withSection('# nothing', 'parameters', '')).toThrow(
    'got a document without "<!-- parameters: npm run docs -->" and "<!-- /parameters -->"',
  );
});
