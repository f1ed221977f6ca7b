import { createViewerRequestFunction } from '../../../../edge/functions/viewer-request/viewer-request-function';
import type { ViewerRequest } from '../../../../edge/http/http-types';

const REQUEST: ViewerRequest = {
  method: 'GET',
  uri: '/a%20b.jpg',
  querystring: 'w=1&w=%32&ID=x&empty',
  headers: { host: 'd.cloudfront.net', accept: 'image/webp' },
  clientIp: '203.0.113.1',
};

async function run(
  body: string,
  head = 'function handler(event)',
  store: Readonly<Record<string, string>> = {},
) {
  const log: string[] = [];
  const runtime = createViewerRequestFunction(
    { code: `${head}{${body}}`, runtime: 'cloudfront-js-2.0' },
    (line) => log.push(line),
    (key) => store[key],
  );
  return { outcome: await runtime(REQUEST), log };
}

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
  ['never ends', 'while(true){}', 503, 'FunctionExecutionError', 'timed out'],
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

describe("the engine's modules", () => {
  const HEAD = `import cf from 'cloudfront';import crypto from "crypto";
    async function handler(event)`;
  const answers = (text: string) => `return {statusCode: 200, body: String(${text})}`;
  const body = async (code: string, store?: Readonly<Record<string, string>>) => {
    const { outcome, log } = await run(code, HEAD, store);
    return 'response' in outcome && outcome.error === undefined
      ? outcome.response.body.toString()
      : log.join();
  };

  test('an async function reads the key value store', async () => {
    const store = { a: '1', json: '{"b":2}' };
    expect(await body(answers("await cf.kvs().get('a')"), store)).toBe('1');
    expect(await body(answers("(await cf.kvs().get('json', { format: 'json' })).b"), store)).toBe('2');
    expect(await body(answers("[await cf.kvs().exists('a'), await cf.kvs().exists('b')]"), store)).toBe(
      'true,false',
    );
    expect(await body("await cf.kvs().get('b')", store)).toMatch(
      /^FunctionExecutionError .* the key value store has no b$/,
    );
  });

  test('it hashes as the engine does', async () => {
    const hmac = (name: string, encoding: string) =>
      body(answers(`crypto.createHmac('${name}', 'key').update('te').update('xt').digest('${encoding}')`));
    // By: printf text | openssl dgst -sha256 -hmac key
    expect(await hmac('sha256', 'hex')).toBe(
      '6afa9046a9579cad143a384c1b564b9a250d27d6f6a63f9f20bf3a7594c9e2c6',
    );
    expect(await body(answers("crypto.createHash('md5').update('text').digest('hex')"))).toBe(
      '1cb251ec0d568de6a929b520c4aed8d1',
    );
    expect(await hmac('sha512', 'hex')).toMatch(/CloudFront Functions have no sha512/);
    expect(await hmac('sha256', 'latin1')).toMatch(/not latin1/);
  });

  test('what goes wrong later is an error as well', async () => {
    expect(await body("await 0; throw new Error('kaputt')")).toMatch(/^FunctionExecutionError .* kaputt$/);
    expect(await body('await new Promise(() => {})')).toMatch(/the function never answered$/);
    expect(await body('await 0')).toMatch(/^FunctionExecutionError /);
    expect(await body('while (true) {}')).toMatch(/timed out/);
    expect(await body(answers('typeof host + typeof process + typeof require'))).toBe(
      'undefinedundefinedundefined',
    );
  });

  test('a module that the engine does not have is an error', async () => {
    const { outcome } = await run('return fs.x', "import fs from 'fs';function handler(event)");
    expect(outcome).toMatchObject({
      error: 'FunctionExecutionError',
    });
  });
});
