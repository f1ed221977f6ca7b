import { createSandbox } from '../../../../edge/functions/viewer-request/sandbox';

/** Runs a function on several requests of one moment, each with its own `n`. */
function runTogether(code: string, count: number) {
  const run = createSandbox(code, () => undefined);
  return Promise.allSettled(Array.from({ length: count }, (_, n) => run({ n })));
}

const answers = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)));

test('requests of one moment get each their own answer', async () => {
  expect(answers(await runTogether('function handler(event) { return {n: event.n} }', 3))).toEqual([
    { n: 0 },
    { n: 1 },
    { n: 2 },
  ]);
});

test('one that throws fails alone', async () => {
  const code = 'function handler(event) { if (event.n === 1) throw new Error("kaputt"); return event }';
  expect(answers(await runTogether(code, 3))).toEqual([{ n: 0 }, 'Error: kaputt', { n: 2 }]);
});

test('one that never ends is interrupted alone', async () => {
  const code = 'function handler(event) { while (event.n === 1) {} return event }';
  expect(answers(await runTogether(code, 3))).toEqual([
    { n: 0 },
    expect.stringContaining('timed out after 1000ms'),
    { n: 2 },
  ]);
});

test('globals do not outlive an interruption half changed', async () => {
  const code =
    'var busy = 0; function handler(event) { busy++; while (event.n === 0) {} return {busy: busy} }';
  const run = createSandbox(code, () => undefined);
  await expect(run({ n: 0 })).rejects.toThrow('timed out');
  expect(await run({ n: 1 })).toEqual({ busy: 1 });
});

test.each([
  ['the constructor of its global object', 'globalThis.constructor.constructor("return process")().pid'],
  ['its event', 'event.constructor.constructor("return process")().pid'],
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
  ['the module cloudfront', 'cf.kvs.constructor("return process")().pid'],
])('a function finds no way to Node through %s', async (_name, body) => {
  const run = createSandbox(
    `import cf from 'cloudfront'; function handler(event) { ${body} }`,
    () => 'value',
  );
  await expect(run({})).rejects.toThrow(/process is not defined|null/);
});

test.each([
  ['JSON.stringify', 'JSON.stringify = () => "no JSON"'],
  ['JSON.stringify, to a number', 'JSON.stringify = () => 5'],
  ['a promise without a value', 'return Promise.resolve()'],
  ['an error that cannot be told', 'throw { get message() { throw 1 } }'],
])('a function that replaces %s fails, and nothing else', async (_name, body) => {
  const settled = await runTogether(`function handler(event) { ${body}; return event }`, 2);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
