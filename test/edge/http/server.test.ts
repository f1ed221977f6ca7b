import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterThisTest } from '../../support/cleanup';
import { deployOver, sendBytes } from '../s3-fixture';
import { deploy, SLOW_CROPS, serveSelfHosted } from '../self-hosted-edge-fixture';

const until = async (condition: () => boolean) => {
  for (let tries = 0; !condition() && tries < 200; tries++) await sleep(50);
  expect(condition()).toBe(true);
};

test('who does not send a request in time is hung up on', async () => {
  const edge = await serveSelfHosted(await deploy(), { timeouts: { headers: 400, request: 800 } });
  const { hostname, port } = new URL(edge.url);
  const socket = connect(Number(port), hostname);
  afterThisTest(() => socket.destroy());
  socket.write('GET /cat.jpg HTTP/1.1\r\nHost: x\r\n');
  let said = '';
  socket.on('data', (text) => {
    said += text;
  });
  await new Promise((resolve) => socket.once('close', resolve));
  expect(said).toMatch(/^HTTP\/1\.1 408 /);
});

/** A connection that says what the test wants, and what has come back on it so far. */
async function connectTo(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  afterThisTest(() => socket.destroy());
  let said = '';
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    closed,
    said: () => said,
    listen: () =>
      socket.on('data', (text) => {
        said += text;
      }),
  };
}

test('a body that nobody reads is cut off', async () => {
  const length = 100_000_000;
  let sending: Promise<number> | undefined;
  const deployment = await deployOver((_, response) => {
    response.writeHead(200, { 'content-length': length });
    sending = sendBytes(response, length);
  });
  const edge = await serveSelfHosted(deployment, { timeouts: { send: 500 } });
  const { socket } = await connectTo(edge.url);
  socket.pause();
  socket.write('GET /film.mp4 HTTP/1.1\r\nHost: x\r\n\r\n');
  await until(() => sending !== undefined);
  // The transfer from S3 ends as well.
  expect(await sending).toBeLessThan(length);
});

test('a flood of headers is refused, or read in time', async () => {
  const edge = await serveSelfHosted(await deploy());
  const ask = async (headers: string) => {
    const { socket, closed, said, listen } = await connectTo(edge.url);
    listen();
    socket.write(`GET /cat.jpg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`);
    await closed;
    return said().split('\r\n', 1)[0];
  };
  expect(await ask(`x: ${'a'.repeat(20_000)}\r\n`)).toMatch(/ 431 /);
  // Of the 16 kB that headers may have, Node 24 counts more for each than Node 20.
  expect(await ask('a: 1\r\n'.repeat(2300))).toMatch(/ (200|431) /);
  expect(await ask(Array.from({ length: 900 }, (_, index) => `h${index}: 1\r\n`).join(''))).toMatch(/ 200 /);
});

test('it ends with the last answer, whether or not connections are kept', async () => {
  const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(1000) }));
  const agent = new Agent({ keepAlive: true });
  afterThisTest(() => agent.destroy());
  const ask = (path: string) =>
    new Promise<string | undefined>((resolve, reject) => {
      get(edge.url + path, { agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.headers.connection));
      }).on('error', reject);
    });
  await ask('cat.jpg');
  const slow = ask('cat.jpg?t=A');
  await sleep(300);
  const closed = edge.close();
  await slow;
  const begun = Date.now();
  await closed;
  expect(Date.now() - begun).toBeLessThan(1000);
});
