import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterThisTest } from '../../../support/cleanup';
import { deploy, serveSelfHosted } from '../../self-hosted-edge-fixture';

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:edgecrop:7';

interface InvokeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Plays Lambda's Invoke API; the SDK finds it by its environment variable. */
async function lambdaFixture(answer: (event: LambdaEvent, request: IncomingMessage) => InvokeAnswer) {
  const server = createServer(async (request, response) => {
    const { status = 200, headers = {}, body } = answer(JSON.parse(await text(request)), request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL_LAMBDA = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterThisTest(() => {
    delete process.env.AWS_ENDPOINT_URL_LAMBDA;
    server.closeAllConnections();
    server.close();
  });
}

interface LambdaEvent {
  readonly Records: readonly {
    readonly cf: {
      readonly request: { readonly origin: { readonly s3: { readonly domainName: string } } };
      readonly response: { readonly headers: object };
    };
  }[];
}

test('the deployed function renders, once, from the same event', async () => {
  const asked: unknown[] = [];
  await lambdaFixture((event, request) => {
    const { request: viewer, response } = event.Records[0]!.cf;
    asked.push([request.url, viewer.origin.s3.domainName]);
    const body = Buffer.from([0xff, 0xd8, 0x00, 0xfe]).toString('base64');
    return { body: { ...response, headers: {}, body, bodyEncoding: 'base64' } };
  });
  const edge = await serveSelfHosted(await deploy({ handler: 'throw new Error("not here");' }), {
    function: ARN,
  });
  const miss = await edge.ask('/cat.jpg?t=A');
  const hit = await edge.ask('/cat.jpg?t=A');
  expect([...miss.body]).toEqual([0xff, 0xd8, 0x00, 0xfe]);
  expect(hit.headers['x-cache']).toBe('Hit from edgecrop');
  expect(asked).toEqual([
    [`/2015-03-31/functions/${encodeURIComponent(ARN)}/invocations`, 'photos.s3.eu-west-1.amazonaws.com'],
  ]);
});

test.each([
  [
    'throws',
    { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorMessage: 'the reason' } },
    503,
    'LambdaExecutionError',
    /the reason/,
  ],
  [
    'is not ours to call',
    { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: { Message: 'not you' } },
    503,
    'LambdaExecutionError',
    /not you/,
  ],
  ['returns nothing of use', { body: null }, 502, 'LambdaValidationError', /the result/],
  [
    'is called too often',
    { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: { message: 'later' } },
    503,
    'LimitExceeded',
    /TooManyRequestsException/,
  ],
])('a deployed function that %s costs one request', async (_, answer, status, error, reason) => {
  await lambdaFixture(() => answer);
  const edge = await serveSelfHosted(await deploy(), { function: ARN });
  const bad = await edge.ask('/cat.jpg?t=A');
  expect([bad.status, bad.headers['x-cache']]).toEqual([status, `${error} from edgecrop`]);
  expect(edge.warnings).toEqual([expect.stringMatching(reason)]);
  expect(bad.headers['retry-after']).toBe(error === 'LimitExceeded' ? '1' : undefined);
  expect(bad.body.toString()).not.toMatch(reason);
});
