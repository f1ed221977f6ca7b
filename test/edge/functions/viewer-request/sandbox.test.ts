import { createSandbox } from '../../../../edge/functions/viewer-request/sandbox';

const sandbox = (body: string, head = 'function handler(event)') =>
  createSandbox(`import cf from 'cloudfront'; ${head} { ${body} }`, () => 'value');

test('a function keeps its globals from one request to the next', () => {
  const run = createSandbox(
    'var n = 0; function handler(event) { return { n: ++n, event: event } }',
    () => '',
  );
  expect([run({ a: 1 }), run({})]).toEqual([
    { n: 1, event: { a: 1 } },
    { n: 2, event: {} },
  ]);
});

test('an async function is waited for, and its error told', async () => {
  const head = 'async function handler(event)';
  expect(await sandbox('return await cf.kvs().get("key")', head)({})).toBe('value');
  await expect(sandbox('await null; throw new Error("kaputt")', head)({})).rejects.toBe('kaputt');
});

test('code that does not end before there is a handler is interrupted', () => {
  const run = createSandbox('while (true) {} function handler(event) {}', () => '');
  expect(() => run({})).toThrow('timed out after 1000ms');
});

test.each([
  [
    'the constructor of its global object',
    'return globalThis.constructor.constructor("return process")().pid',
  ],
  ['its event', 'return event.constructor.constructor("return process")().pid'],
  [
    'an error',
    'try { null.x } catch (error) { return error.constructor.constructor("return process")().pid }',
  ],
  ['its caller', 'return handler.caller.constructor("return process")().pid'],
  [
    'the functions on its stack',
    `Error.prepareStackTrace = (_, frames) => frames;
     const found = new Error().stack.map((frame) => frame.getFunction() || frame.getThis()).filter(Boolean);
     return found.map((one) => one.constructor.constructor("return process")().pid)`,
  ],
  ['the module cloudfront', 'return cf.kvs.constructor("return process")().pid'],
])('a function finds no way to Node through %s', (_name, body) => {
  expect(() => sandbox(body)({})).toThrow(/process is not defined|null/);
});

test.each([
  ['JSON.stringify', 'JSON.stringify = () => "no JSON"; return 1'],
  ['JSON.stringify, by a number', 'JSON.stringify = () => 5; return 1'],
  ['its error', 'throw { get message() { throw 1 } }'],
])('a function that replaces %s fails', (_name, body) => {
  expect(() => sandbox(body)({})).toThrow();
});
