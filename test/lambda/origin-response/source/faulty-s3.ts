import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request to S3 as a fault would have it. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyS3 {
  readonly endpoint: string;
  /** What the next requests meet, one after the other; the last one stays. */
  meet(...faults: readonly Fault[]): void;
  /** How many requests have come since. */
  requests(): number;
  /** Ends every connection that a client keeps open. */
  cutConnections(): void;
  close(): Promise<void>;
}

/** An S3 on this machine that fails as it is told. */
export async function startFaultyS3(): Promise<FaultyS3> {
  let faults: readonly Fault[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const fault = faults[Math.min(count++, faults.length - 1)];
    if (fault) fault(request, response);
    else response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    meet: (...next) => {
      faults = next;
      count = 0;
    },
    requests: () => count,
    cutConnections: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The object, whole. */
export function serve(bytes: Buffer): Fault {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length, etag: '"original"' }).end(bytes);
  };
}

/** One of S3's errors. */
export function refuse(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Fault {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/xml', ...headers });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
  };
}

/** Nothing, ever. */
export const silence: Fault = () => {};

/** A part of the object, and then nothing. */
export function stall(bytes: Buffer): Fault {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2));
  };
}

/** A part of the object, and then the end of the connection. */
export function reset(bytes: Buffer): Fault {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  };
}

/** The end of the connection before a word is said. */
export const hangUp: Fault = (request) => {
  request.socket.destroy();
};

/** More than any limit, a chunk at a time, without a length. */
export const endless: Fault = (_request, response) => {
  response.writeHead(200);
  const more = () => {
    if (!response.destroyed) response.write(Buffer.alloc(65_536), more);
  };
  more();
};
