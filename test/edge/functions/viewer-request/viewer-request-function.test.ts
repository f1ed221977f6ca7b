import { REQUEST, run } from './function-fixture';

test('the function sees the event that CloudFront sends', async () => {
  const { outcome } = await run('return {statusCode: 200, body: JSON.stringify(event)}');
  const event = 'response' in outcome ? JSON.parse(outcome.response.body.toString()) : undefined;
  expect(event).toEqual({
    version: '1.0',
    context: {
      distributionDomainName: 'edgecrop.cloudfront.net',
      distributionId: 'EDGECROPLOCAL',
      eventType: 'viewer-request',
      requestId: expect.any(String),
    },
    viewer: { ip: '203.0.113.1' },
    request: {
      method: 'GET',
      uri: '/a%20b.jpg',
      querystring: {
        w: { value: '%32', multiValue: [{ value: '1' }, { value: '%32' }] },
        ID: { value: 'x' },
        empty: { value: '' },
      },
      headers: { host: { value: 'd.cloudfront.net' }, accept: { value: 'image/webp' } },
      cookies: {},
    },
  });
});

test('a request goes on as it was changed', async () => {
  const { outcome } = await run(
    "event.request.uri='/c.jpg'; event.request.querystring='a=1'; delete event.request.headers.accept; return event.request",
  );
  expect(outcome).toEqual({
    request: { ...REQUEST, uri: '/c.jpg', querystring: 'a=1', headers: { host: 'd.cloudfront.net' } },
  });
});

test('a query that leaves as a record is written out', async () => {
  const { outcome } = await run('return event.request');
  expect(outcome).toMatchObject({ request: { querystring: 'w=1&w=%32&ID=x&empty=' } });
});

test.each([
  ['throws', 'throw new Error("kaputt")', 503, 'FunctionExecutionError', 'kaputt'],
  ['reaches for Node', 'return require("fs")', 503, 'FunctionExecutionError', 'require is not defined'],
  ['returns nothing of use', 'return {}', 502, 'FunctionValidationError', 'uri'],
  [
    'answers with a status that is none',
    'return {statusCode: 99}',
    502,
    'FunctionValidationError',
    'statusCode',
  ],
])(
  'a function that %s is an error to the viewer, and the reason is in the log',
  async (_name, body, status, error, reason) => {
    const { outcome, log } = await run(body);
    expect(outcome).toMatchObject({ response: { status }, error });
    expect(log.join()).toContain(error);
    expect(log.join()).toContain(reason);
    expect('response' in outcome && outcome.response.body.toString()).not.toContain(reason);
  },
);

test('a function that a busy machine has interrupted is waited for', async () => {
  const { outcome } = await run('const end=Date.now()+200;while(Date.now()<end){} return event.request');
  expect(outcome).toHaveProperty('request');
});
