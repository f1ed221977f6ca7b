import { withServerTiming } from '../../../edge/http/server-timing';

const RENDERED = { etag: '"x"', 'server-timing': 'fetch;dur=9, render;dur=20' };

test.each([
  ['Miss', RENDERED, 'cdn-cache-miss, fetch;dur=9, render;dur=20'],
  ['Miss', {}, 'cdn-cache-miss'],
  ['Hit', RENDERED, 'cdn-cache-hit'],
  ['RefreshHit', RENDERED, 'cdn-cache-refresh'],
  ['Error', RENDERED, undefined],
])('%s', (result, headers, expected) => {
  expect(withServerTiming(headers, result)['server-timing']).toBe(expected);
});
