import type { CloudFrontRequest } from 'aws-lambda';
import { createJsonLog, createLogEntry } from '../../../lambda/origin-response/log';
import type { RenderPlan } from '../../../lambda/origin-response/plan/render-plan';
import type { Outcome } from '../../../lambda/origin-response/response/outcome';
import { originResponseEvent } from '../../support/events';

const REQUEST = originResponseEvent({ uri: '/cat.jpg', querystring: 't=A&w=5' }).Records[0]?.cf
  .request as CloudFrontRequest;
const PLAN = { encoding: { format: 'webp' } } as RenderPlan;
const NOW = 1_793_000_000_000;

const SETTINGS = { deployment: 'Edgecrop', metrics: true };
const entryOf = (outcome: Outcome) => createLogEntry(REQUEST, outcome, 12.5, NOW, SETTINGS);

test('a render is one line with its metrics, by format', () => {
  const image = { bytes: Buffer.alloc(7), plan: PLAN, attempts: 2 };
  const work = { fetch: 3, render: 9, sourceBytes: 100 };
  expect(entryOf({ kind: 'rendered', image, work })).toEqual({
    _aws: {
      Timestamp: NOW,
      CloudWatchMetrics: [
        {
          Namespace: 'edgecrop',
          Dimensions: [['deployment', 'format']],
          Metrics: [
            { Name: 'renders', Unit: 'Count' },
            { Name: 'render', Unit: 'Milliseconds' },
            { Name: 'bytes', Unit: 'Bytes' },
          ],
        },
        {
          Namespace: 'edgecrop',
          Dimensions: [['deployment', 'outcome']],
          Metrics: [
            { Name: 'renders', Unit: 'Count' },
            { Name: 'render', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
    deployment: 'Edgecrop',
    outcome: 'rendered',
    uri: '/cat.jpg',
    query: 't=A&w=5',
    format: 'webp',
    renders: 1,
    fetch: 3,
    render: 9,
    sourceBytes: 100,
    bytes: 7,
    attempts: 2,
    duration: 12.5,
    plan: PLAN,
  });
});

test('a fallback is counted, as a failure too if it is not the picture, and says what happened', () => {
  expect(entryOf({ kind: 'fallback', reason: 'undecodable', detail: 'Error: no', plan: PLAN })).toMatchObject(
    {
      _aws: {
        CloudWatchMetrics: [
          {
            Dimensions: [['deployment', 'outcome']],
            Metrics: [
              { Name: 'fallbacks', Unit: 'Count' },
              { Name: 'failures', Unit: 'Count' },
            ],
          },
        ],
      },
      reason: 'undecodable',
      fallbacks: 1,
      failures: 0,
      detail: 'Error: no',
      plan: PLAN,
    },
  );
});

test.each([
  ['out-of-time', 1],
  ['origin-failed', 1],
  ['source-pixels', 0],
] as const)('%s counts as %d failures', (reason, failures) => {
  expect(entryOf({ kind: 'fallback', reason, detail: '' })).toMatchObject({ fallbacks: 1, failures });
});

test('a deployment without metrics has the same line without them', () => {
  const outcome = { kind: 'fallback', reason: 'internal', detail: 'no' } as const;
  const entry = createLogEntry(REQUEST, outcome, 12.5, NOW, { ...SETTINGS, metrics: false });
  const { _aws, ...line } = entryOf(outcome) ?? {};
  expect(_aws).toBeDefined();
  expect(entry).toEqual(line);
});

test("S3's own answer leaves no line", () => {
  expect(entryOf({ kind: 'pass-through' })).toBeUndefined();
});

test.each([
  [{ kind: 'original-is-smaller', format: 'jpeg' }, 'kept'],
  [{ kind: 'bucket-listing' }, 'listing'],
  [{ kind: 'not-modified' }, 'not-modified'],
  [{ kind: 'denied' }, 'denied'],
  [{ kind: 'unchecked' }, 'unchecked'],
] as const)('%j is counted as %s, which dashboards search for', (outcome, logged) => {
  expect(entryOf(outcome)?.outcome).toBe(logged);
});

test('every metric and dimension that a line names is in it', () => {
  const outcomes: readonly Outcome[] = [
    { kind: 'fallback', reason: 'internal', detail: '' },
    { kind: 'original-is-smaller', format: 'jpeg' },
    { kind: 'not-modified' },
    { kind: 'bad', bad: { parameter: 'w', value: 'x', allowed: 'y' } },
  ];
  for (const entry of outcomes.map(entryOf)) {
    const directives = entry?._aws?.CloudWatchMetrics ?? [];
    expect(directives).not.toHaveLength(0);
    for (const { Dimensions, Metrics } of directives) {
      for (const name of [...Dimensions[0], ...Metrics.map(({ Name }) => Name)])
        expect(entry).toHaveProperty(name);
    }
  }
});

test('what a viewer sends cannot end the line', () => {
  const lines: string[] = [];
  const request = { ...REQUEST, uri: '/a\n{"outcome":"forged"}' };
  const entry = createLogEntry(request, { kind: 'original-is-smaller', format: 'jpeg' }, 1, NOW, SETTINGS);
  if (entry) createJsonLog((line) => lines.push(line))(entry);
  expect(lines.join('').match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(lines.join(''))).toMatchObject({ uri: request.uri });
});
