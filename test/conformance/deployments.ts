import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CHECKS } from '../../conformance/checks';
import { type Answer, createClient } from '../../conformance/harness/client';
import { createContext, pathOf } from '../../conformance/harness/context';
import type { TestObjects } from '../../conformance/objects/objects';
import { type Report, runConformance } from '../../conformance/run';
import { afterThisTest } from '../support/cleanup';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One thing that a deployment does wrong. */
export interface Spoiling {
  readonly request?: (asked: Asked) => Asked;
  readonly answer?: (answer: Answer, asked: Asked) => Answer;
}

/** Runs the checks, without the probes, against whatever listens there. */
export async function check(
  base: string,
  objects: TestObjects,
  prefix: string,
  checks = CHECKS,
): Promise<Report> {
  const client = createClient(new URL(base));
  try {
    return await runConformance(createContext({ ask: client.ask, objects, prefix }), {
      checks,
      probes: [],
    });
  } finally {
    client.close();
  }
}

/** A proxy in front of a good edge that spoils one thing. */
export async function spoil(base: string, { request, answer }: Spoiling): Promise<string> {
  const client = createClient(new URL(base));
  afterThisTest(() => client.close());
  return listen(async (incoming, outgoing) => {
    const { host, connection, ...headers } = incoming.headers as Record<string, string>;
    const received = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers };
    const asked = request?.(received) ?? received;
    const good = await client.ask(asked.path, asked);
    respond(outgoing, answer?.(good, received) ?? good, received.method);
  });
}

/** Another kind of server altogether: files by name, whatever the query. */
export function serveFiles(objects: TestObjects, prefix: string): Promise<string> {
  return listen((incoming, outgoing) => {
    const path = incoming.url?.replace(/\?.*/, '');
    const object = Object.values(objects).find(({ key }) => pathOf(`${prefix}${key}`) === path);
    const found = object ?? { bytes: Buffer.from('not found'), contentType: 'text/plain' };
    const headers = { 'content-type': found.contentType, 'content-length': String(found.bytes.length) };
    respond(outgoing, { status: object ? 200 : 404, headers, body: found.bytes }, incoming.method ?? 'GET');
  });
}

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    Promise.resolve(listener(incoming, outgoing)).catch((error) => outgoing.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function respond(outgoing: Parameters<RequestListener>[1], answer: Answer, method: string): void {
  const { 'transfer-encoding': _framing, connection, 'keep-alive': _kept, ...headers } = answer.headers;
  const counted = method === 'HEAD' || answer.status === 304;
  outgoing.writeHead(answer.status, {
    ...headers,
    ...(!counted && { 'content-length': String(answer.body.length) }),
  });
  outgoing.end(counted ? undefined : answer.body);
}
