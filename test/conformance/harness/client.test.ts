import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '../../../conformance/harness/client';
import { afterThisTest } from '../../support/cleanup';

async function connect(answer: (path: string, count: number) => 'answer' | 'hang up') {
  let count = 0;
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    count += 1;
    if (answer(request.url ?? '', count) === 'hang up') request.socket.destroy();
    else response.end('here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createClient(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  afterThisTest(() => {
    client.close();
    server.close();
  });
  return { client, paths };
}

test('a path goes out as it is written', async () => {
  const { client, paths } = await connect(() => 'answer');
  const written = ['/a/../b', '//a', '/%zz', '/a?b?c', '/%c3%A9+'];
  for (const path of written) await client.ask(path);
  expect(paths).toEqual(written);
});

test('a connection that was closed while nobody used it costs no check', async () => {
  const { client, paths } = await connect((_path, count) => (count === 2 ? 'hang up' : 'answer'));
  await client.ask('/first');
  expect((await client.ask('/second')).status).toBe(200);
  expect(paths).toEqual(['/first', '/second', '/second']);
});

test('a server that always hangs up is an error', async () => {
  const { client } = await connect(() => 'hang up');
  await expect(client.ask('/')).rejects.toThrow('socket hang up');
});
