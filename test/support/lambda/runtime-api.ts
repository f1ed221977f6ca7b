import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a function answered to one event. */
export interface Invocation {
  readonly kind: 'response' | 'error';
  /** As JSON, undecoded: what counts is what went over the wire. */
  readonly body: string;
}

/** Lambda's Runtime API on this machine, which a runtime asks for events and tells its answers. */
export interface RuntimeApi {
  /** `host:port`, as AWS_LAMBDA_RUNTIME_API has it. */
  readonly address: string;
  /** Hands an event to the runtime. */
  invoke(event: object): Promise<Invocation>;
  close(): Promise<void>;
}

/** The function has to answer within this time, in milliseconds. */
const TIMEOUT = 30_000;

/**
 * Starts a Runtime API for one function, which works on one event at a time.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let queued: { readonly id: string; readonly event: object } | undefined;
  let settle: ((invocation: Invocation) => void) | undefined;
  let count = 0;

  const hand = () => {
    if (waiting === undefined || queued === undefined) return;
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': queued.id,
      'lambda-runtime-deadline-ms': Date.now() + TIMEOUT,
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:edgecrop:1',
    });
    waiting.end(JSON.stringify(queued.event));
    waiting = undefined;
    queued = undefined;
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = request.url ?? '';
    if (url.endsWith('/invocation/next')) {
      waiting = response;
      hand();
      return;
    }
    response.writeHead(202).end();
    const kind = url.endsWith('/response') ? 'response' : 'error';
    settle?.({ kind, body: Buffer.concat(chunks).toString() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: (event) =>
      new Promise((resolve) => {
        settle = resolve;
        queued = { id: `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`, event };
        hand();
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
