import { serve } from '../../dev-edge-fixture';
import { files, misbehaving } from './misbehaving-fixture';

test.each([
  ['is too long', `return { ...response, body: 'x'.repeat(1_048_577) };`, /exceeds 1048576/],
  ['adds via', `response.headers.via = [{ value: 'x' }]; return response;`, /read-only header, via/],
  [
    'adds x-cache',
    `response.headers['x-cache'] = [{ value: 'x' }]; return response;`,
    /disallowed header, x-cache/,
  ],
  ['is nothing', 'return;', /the result/],
  ['is no base64', `return { ...response, body: '~', bodyEncoding: 'base64' };`, /base64/],
])('an answer that %s costs one request: 502', async (_, deed, reason) => {
  const edge = await serve({ handler: misbehaving(deed), files });
  const bad = await edge.ask('/bad.jpg');
  const good = await edge.ask('/good.jpg');

  expect([bad.status, bad.headers['x-cache']]).toEqual([502, 'LambdaValidationError from edgecrop']);
  expect(edge.reasons).toEqual([expect.stringMatching(reason)]);
  expect(good.status).toBe(200);
});

test('a function that takes Transfer-Encoding off an error of S3 costs 502', async () => {
  const edge = await serve({ handler: `delete response.headers['transfer-encoding']; return response;` });
  expect((await edge.ask('/none.jpg')).status).toBe(502);
});
