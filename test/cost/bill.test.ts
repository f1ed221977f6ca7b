import { bill, total, type Usage } from '../../cost/bill';
import { PRICED_ON, PRICES } from '../../cost/prices';
import { printBill } from '../../cost/table';

/** The case of docs/costs.md. */
const USAGE: Usage = {
  requests: 1e6,
  misses: 0.05,
  otherMisses: 0,
  originalBytes: 2e6,
  variantBytes: 30_000,
  renderMs: 125,
  memorySize: 1769,
  regions: 13,
  metrics: 0,
  alarms: 0,
  originShield: false,
  signing: false,
  dashboard: false,
  webAcl: false,
  freeTier: false,
};

/** Cents, by what they are for. */
function cents(usage: Partial<Usage>): Readonly<Record<string, number>> {
  const items = bill({ ...USAGE, ...usage }, PRICES);
  return Object.fromEntries(items.map(({ what, usd }) => [what, Math.round(usd * 100)]));
}

test('a million requests, a twentieth of them rendered', () => {
  expect(cents({})).toEqual({
    requests: 100,
    'bytes to viewers': 255,
    'viewer-request function': 10,
    'function that renders, runs': 3,
    'function that renders, time': 54,
    'reads of S3': 4,
    'originals read from another region': 185,
    'log of the function': 4,
  });
});

test("Origin Shield in the bucket's region ends the reads from another one, and makes one region of thirteen", () => {
  const shielded = cents({ originShield: true, metrics: 20 });
  expect(shielded).not.toHaveProperty('originals read from another region');
  expect(shielded['Origin Shield']).toBe(4);
  expect(shielded['metrics of the function, at most']).toBe(600);
  expect(cents({ metrics: 20 })['metrics of the function, at most']).toBe(7800);
});

test('what is asked for besides', () => {
  const more = cents({ signing: true, alarms: 12, dashboard: true, webAcl: true, otherMisses: 0.1 });
  expect(more).toMatchObject({
    'signing keys': 3,
    alarms: 120,
    dashboard: 300,
    'web ACL': 600,
    'web ACL, requests': 60,
    // 150,000 runs: an original that misses runs the function too.
    'function that renders, runs': 9,
    'reads of S3': 8,
  });
});

test('the free tier takes off the first requests and bytes', () => {
  expect(cents({ freeTier: true })).not.toHaveProperty('requests');
  expect(cents({ freeTier: true, requests: 30e6 })).toMatchObject({
    requests: 2000,
    'viewer-request function': 280,
  });
});

test('half the regions read half the bytes elsewhere, one region none', () => {
  expect(cents({ regions: 2 })['originals read from another region']).toBe(100);
  expect(cents({ regions: 1 })).not.toHaveProperty('originals read from another region');
});

test('the dearest line is first, the sum last', () => {
  const items = bill(USAGE, PRICES);
  const lines = printBill(items).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^bytes to viewers +30 GB at \$0\.085 +\$2\.55$/);
  expect(lines.at(-1)).toMatch(
    new RegExp(
      `^together, a month +list prices of ${PRICED_ON}, computed, not billed +\\$${total(items).toFixed(2)}$`,
    ),
  );
});
