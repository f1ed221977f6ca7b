import {
  CloudFrontClient,
  CreateInvalidationCommand,
  InvalidArgument,
  TooManyInvalidationsInProgress,
} from '@aws-sdk/client-cloudfront';
import type { SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { createInvalidate } from '../../../lambda/invalidate/cloudfront';
import { createHandler } from '../../../lambda/invalidate/handler';

const cloudfront = mockClient(CloudFrontClient);
beforeEach(() => cloudfront.reset());

const message = (messageId: string, body: string) => ({ messageId, body }) as SQSRecord;
const change = (messageId: string, key: string) =>
  message(messageId, JSON.stringify({ Records: [{ s3: { object: { key } } }] }));

const logged: object[] = [];
const handler = createHandler({
  originPaths: [''],
  invalidate: createInvalidate('E123', new CloudFrontClient({ region: 'us-east-1' })),
  log: (entry) => logged.push(entry),
});

const sent = () => cloudfront.commandCalls(CreateInvalidationCommand).map(({ args: [{ input }] }) => input);

test('a batch is one invalidation', async () => {
  const Records = [change('1', 'b.jpg'), change('2', 'a+a.jpg'), change('3', 'b.jpg')];
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  expect(sent()).toEqual([
    {
      DistributionId: 'E123',
      InvalidationBatch: {
        CallerReference: expect.stringMatching(/^[0-9a-f]{64}$/),
        Paths: { Quantity: 2, Items: ['/a%20a.jpg*', '/b.jpg*'] },
      },
    },
  ]);
  expect(logged.at(-1)).toEqual({ invalidated: ['/a%20a.jpg*', '/b.jpg*'], messages: 3 });
});

test('a batch that comes twice says so to CloudFront', async () => {
  await handler({ Records: [change('1', 'a.jpg'), change('2', 'b.jpg')] });
  await handler({ Records: [change('2', 'b.jpg'), change('1', 'a.jpg')] });
  await handler({ Records: [change('3', 'a.jpg'), change('4', 'b.jpg')] });
  const [first, again, later] = sent().map(({ InvalidationBatch }) => InvalidationBatch?.CallerReference);
  expect(again).toBe(first);
  expect(later).not.toBe(first);
});

test('a thousand pictures are fifteen paths at most', async () => {
  await handler({ Records: Array.from({ length: 1000 }, (_, i) => change(String(i), `${i % 40}/${i}.jpg`)) });
  expect(sent()[0]?.InvalidationBatch?.Paths?.Items?.length).toBeLessThanOrEqual(15);
});

test('what CloudFront refuses comes again', async () => {
  cloudfront
    .on(CreateInvalidationCommand)
    .rejects(new TooManyInvalidationsInProgress({ message: 'too many', $metadata: {} }));
  expect(await handler({ Records: [change('1', 'a.jpg'), change('2', 'b.jpg')] })).toEqual({
    batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '2' }],
  });
  expect(logged.at(-1)).toMatchObject({ refused: 'TooManyInvalidationsInProgress: too many' });
});

test('what cannot be read goes back alone', async () => {
  expect(await handler({ Records: [message('1', '{'), change('2', 'b.jpg')] })).toEqual({
    batchItemFailures: [{ itemIdentifier: '1' }],
  });
  expect(sent()[0]?.InvalidationBatch?.Paths?.Items).toEqual(['/b.jpg*']);
});

test('the test that S3 sends purges nothing', async () => {
  expect(await handler({ Records: [message('1', '{"Event":"s3:TestEvent"}')] })).toEqual({
    batchItemFailures: [],
  });
  expect(sent()).toEqual([]);
});

test('one path that CloudFront refuses does not keep a thousand others', async () => {
  const invalid = new InvalidArgument({
    message: 'Your request contains one or more invalid paths',
    $metadata: {},
  });
  cloudfront.on(CreateInvalidationCommand).callsFake(({ InvalidationBatch }) => {
    const { Items } = InvalidationBatch.Paths as { Items: readonly string[] };
    if (Items.some((path) => path.startsWith('/bad'))) throw invalid;
  });
  const Records = [
    ...Array.from({ length: 1000 }, (_, i) => change(String(i), `${i % 5}/${i}.jpg`)),
    change('bad', 'bad/x.jpg'),
    message('unread', 'text'),
  ];
  expect(await handler({ Records })).toEqual({
    batchItemFailures: [{ itemIdentifier: 'unread' }, { itemIdentifier: 'bad' }],
  });
  const purged = sent()
    .slice(1)
    .map(({ InvalidationBatch }) => InvalidationBatch?.Paths?.Items);
  expect(purged.every((items) => items?.length === 1)).toBe(true);
  expect(logged.at(-2)).toEqual({ invalidated: expect.not.arrayContaining(['/bad/x.jpg*']), messages: 1001 });
  expect(logged.at(-1)).toEqual({ unpurged: ['/bad/x.jpg*'], messages: 1 });
});
