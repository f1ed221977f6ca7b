import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS } from '../../lambda/origin-response/failure/reason';

test('docs/failure.md tells of every reason what the code does', () => {
  const text = readFileSync(join(__dirname, '../../docs/failure.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| [^|]* \| ([^|]*) \| ([^|]*) \|/gm)].map(
    ([, reason, cached, status]) => ({
      reason,
      outlook: cached === 'not at all' ? 'transient' : 'permanent',
      status,
    }),
  );
  const expected = Object.entries(REASONS).map(([reason, { outlook, status }]) => ({
    reason,
    outlook,
    status,
  }));
  expect(rows.filter(({ reason }) => reason !== 'smaller')).toEqual(expected);
});
