import { connect } from 'node:net';
import { afterThisTest } from '../../support/cleanup';
import { deploy, serveSelfHosted } from '../self-hosted-edge-fixture';

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
