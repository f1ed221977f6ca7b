import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../lib/stack-configuration';

test('the README names every setting', () => {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## Deploy it'), readme.indexOf('## The URL'));
  const named = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
  expect(named.sort()).toEqual([...SETTINGS].sort());
});
