import { fuzz } from './fuzz';

test('2,000 hostile requests: every answer keeps every rule', async () => {
  const { outcomes, violations } = await fuzz(2_000, 1);
  expect(violations.map(({ run, rule }) => ({ run, rule }))).toEqual([]);
  // The inputs reach what they are meant to reach.
  for (const outcome of [
    'rendered',
    'original;reason=undecodable',
    'original;reason=source-pixels',
    'head',
  ]) {
    expect(outcomes[outcome]).toBeGreaterThan(5);
  }
  expect(outcomes.rendered).toBeGreaterThan(1_000);
}, 120_000);
