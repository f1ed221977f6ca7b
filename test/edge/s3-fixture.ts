import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterThisTest } from '../support/cleanup';
import { type AssemblyFixture, writeAssembly } from './assembly/assembly-fixture';
import type { Deployment } from './self-hosted-edge-fixture';

/** A deployment over an S3 that answers what the test wants. */
export async function deployOver(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  fixture: AssemblyFixture = {},
): Promise<Deployment> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { assembly: await writeAssembly(fixture), bucket: 'photos', endpoint: `http://127.0.0.1:${port}` };
}

const MEGABYTE = Buffer.alloc(1 << 20, 'x');

/** Sends bytes as fast as they are taken, and counts them. */
export async function sendBytes(response: ServerResponse, length: number): Promise<number> {
  let sent = 0;
  while (sent < length && !response.destroyed) {
    const chunk = MEGABYTE.subarray(0, Math.min(MEGABYTE.length, length - sent));
    sent += chunk.length;
    if (response.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }
  response.end();
  return sent;
}
