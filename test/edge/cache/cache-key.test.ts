import { cacheKey, forwardedQuerystring } from '../../../edge/cache/cache-key';

const allowed = ['t', 'w', 'h'];

test.each([
  ['', ''],
  ['t=A&w=1', 't=A&w=1'],
  ['w=1&t=A', 'w=1&t=A'],
  ['w=1&w=2', 'w=1&w=2'],
  ['x=1&w=1&y', 'w=1'],
  ['W=1&%77=2', ''],
  ['w', 'w'],
  ['w=', 'w='],
  ['w=a%20b+c=d?e', 'w=a%20b+c=d?e'],
  ['w=1;h=2', 'w=1;h=2'],
])('forwards of %j only %j', (querystring, expected) => {
  expect(forwardedQuerystring(querystring, allowed)).toBe(expected);
});

test('forwards everything, as it was sent, where the policy says so', () => {
  expect(forwardedQuerystring('b=2&a=1&b&%20', 'all')).toBe('b=2&a=1&b&%20');
});

test('keys a path as it was sent', () => {
  expect(cacheKey('/%63at.jpg', '')).toBe('/%63at.jpg');
  expect(cacheKey('/cat.jpg', 'w=1')).toBe('/cat.jpg?w=1');
});
