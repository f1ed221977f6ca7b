import {
  MAX_GENERATED_RESPONSE_BYTES,
  readOriginResponseResult,
} from '../../../../edge/functions/origin-response/origin-response-result';

const received = { 'content-type': 'image/jpeg', 'transfer-encoding': 'chunked' };
const untouched = {
  'content-type': [{ key: 'Content-Type', value: 'image/jpeg' }],
  'transfer-encoding': [{ key: 'Transfer-Encoding', value: 'chunked' }],
};

test('accepts a response that was left alone', () => {
  expect(
    readOriginResponseResult({ status: '200', statusDescription: 'OK', headers: untouched }, received),
  ).toEqual({
    accepted: true,
    response: { status: 200, statusDescription: 'OK', headers: received, body: undefined },
  });
});

test('accepts a body in base64, other headers and another status', () => {
  const headers = { ...untouched, 'crop-status': [{ value: 'a' }, { value: 'b' }], etag: [] };
  expect(
    readOriginResponseResult({ status: '404', headers, body: 'aGk=', bodyEncoding: 'base64' }, received),
  ).toEqual({
    accepted: true,
    response: {
      status: 404,
      statusDescription: 'Not Found',
      headers: { ...received, 'crop-status': 'a, b' },
      body: Buffer.from('hi'),
    },
  });
});

test('counts the decoded body against the limit', () => {
  const spare = Object.entries(received).flat().join('').length;
  const body = (length: number) => ({
    status: '200',
    headers: untouched,
    body: Buffer.alloc(length).toString('base64'),
    bodyEncoding: 'base64',
  });
  expect(readOriginResponseResult(body(MAX_GENERATED_RESPONSE_BYTES - spare), received)).toMatchObject({
    accepted: true,
  });
  expect(readOriginResponseResult(body(MAX_GENERATED_RESPONSE_BYTES - spare + 1), received)).toMatchObject({
    accepted: false,
    reason: expect.stringContaining('which exceeds 1048576'),
  });
});

test.each([
  ['nothing', null, /the result/],
  ['a string', 'ok', /the result/],
  ['a status that is a number', { status: 200, headers: untouched }, /status/],
  ['a status out of range', { status: '199', headers: untouched }, /status/],
  ['headers that are no lists', { status: '200', headers: { ...untouched, etag: '"x"' } }, /headers.etag/],
  [
    'a value that is a number',
    { status: '200', headers: { ...untouched, age: [{ value: 1 }] } },
    /headers.age/,
  ],
  ['a body that is no string', { status: '200', headers: untouched, body: {} }, /body/],
  [
    'an encoding unheard of',
    { status: '200', headers: untouched, body: '', bodyEncoding: 'hex' },
    /bodyEncoding/,
  ],
  [
    'a body that is no base64',
    { status: '200', headers: untouched, body: 'a-b', bodyEncoding: 'base64' },
    /base64/,
  ],
  ['a read-only header taken away', { status: '200', headers: {} }, /read-only header, transfer-encoding/],
  [
    'a read-only header added',
    { status: '200', headers: { ...untouched, via: [{ value: 'x' }] } },
    /read-only header, via/,
  ],
  [
    'X-Cache',
    { status: '200', headers: { ...untouched, 'x-cache': [{ value: 'x' }] } },
    /disallowed header, x-cache/,
  ],
  [
    'X-Edge-…',
    { status: '200', headers: { ...untouched, 'x-edge-resize': [{ value: 'x' }] } },
    /disallowed header/,
  ],
  [
    'Connection',
    { status: '200', headers: { ...untouched, connection: [{ value: 'x' }] } },
    /disallowed header/,
  ],
  ['a name in capitals', { status: '200', headers: { ...untouched, ETag: [{ value: 'x' }] } }, /lower case/],
  [
    'a key of another name',
    { status: '200', headers: { ...untouched, etag: [{ key: 'Age', value: 'x' }] } },
    /key "Age"/,
  ],
  [
    'a line break in a value',
    { status: '200', headers: { ...untouched, etag: [{ value: 'a\r\nb: c' }] } },
    /control/,
  ],
])('refuses %s', (_, result, reason) => {
  expect(readOriginResponseResult(result, received)).toEqual({
    accepted: false,
    reason: expect.stringMatching(reason),
  });
});
