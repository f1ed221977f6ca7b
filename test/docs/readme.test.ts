import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withParameterTable } from '../../docs/parameter-table';
import { parse } from '../../lambda/params/parse';
import { readQuery } from '../../lambda/params/query';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

test('the table of parameters is that of the code: run npm run docs', () => {
  expect(readme).toBe(withParameterTable(readme));
});

test('what the README says is refused, is', () => {
  const sent = [...readme.matchAll(/^\| `(\w+=\S+)` \| `\w+: got /gm)].map(([, query]) => query);
  expect(sent.length).toBeGreaterThan(4);
  for (const query of sent) {
    expect(parse(readQuery(`t=A&${query}`), { A: {} }, false)).toMatchObject({ kind: 'bad' });
  }
});

test('a document without the place for it is refused', () => {
  expect(() => withParameterTable('# nothing')).toThrow('got a document without');
});
