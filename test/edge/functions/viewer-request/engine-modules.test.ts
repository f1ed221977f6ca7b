import { run } from './function-fixture';

describe("the engine's modules", () => {
  const HEAD = `import cf from 'cloudfront';import crypto from "crypto";
    async function handler(event)`;
  const answers = (text: string) => `return {statusCode: 200, body: String(${text})}`;
  const body = async (code: string, store?: Readonly<Record<string, string>>) => {
    const { outcome, log } = await run(code, HEAD, store);
    return 'response' in outcome && outcome.error === undefined
      ? outcome.response.body.toString()
      : log.join();
  };

  test('an async function reads the key value store', async () => {
    const store = { a: '1', json: '{"b":2}' };
    expect(await body(answers("await cf.kvs().get('a')"), store)).toBe('1');
    expect(await body(answers("(await cf.kvs().get('json', { format: 'json' })).b"), store)).toBe('2');
    expect(await body(answers("[await cf.kvs().exists('a'), await cf.kvs().exists('b')]"), store)).toBe(
      'true,false',
    );
    expect(await body("await cf.kvs().get('b')", store)).toMatch(
      /^FunctionExecutionError .* the key value store has no b$/,
    );
  });

  test('it hashes as the engine does', async () => {
    const hmac = (name: string, encoding: string) =>
      body(answers(`crypto.createHmac('${name}', 'key').update('te').update('xt').digest('${encoding}')`));
    // By: printf text | openssl dgst -sha256 -hmac key
    expect(await hmac('sha256', 'hex')).toBe(
      '6afa9046a9579cad143a384c1b564b9a250d27d6f6a63f9f20bf3a7594c9e2c6',
    );
    expect(await body(answers("crypto.createHash('md5').update('text').digest('hex')"))).toBe(
      '1cb251ec0d568de6a929b520c4aed8d1',
    );
    expect(await hmac('sha512', 'hex')).toMatch(/CloudFront Functions have no sha512/);
    expect(await hmac('sha256', 'latin1')).toMatch(/not latin1/);
  });

  test('what goes wrong later is an error as well', async () => {
    expect(await body("await 0; throw new Error('kaputt')")).toMatch(/^FunctionExecutionError .* kaputt$/);
    expect(await body('await new Promise(() => {})')).toMatch(/the function never answered$/);
    expect(await body('await 0')).toMatch(/^FunctionExecutionError /);
    expect(await body(answers('typeof host + typeof process + typeof require'))).toBe(
      'undefinedundefinedundefined',
    );
  });

  test('a module that the engine does not have is an error', async () => {
    const { outcome } = await run('return fs.x', "import fs from 'fs';function handler(event)");
    expect(outcome).toMatchObject({
      error: 'FunctionExecutionError',
    });
  });
});
