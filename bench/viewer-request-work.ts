import { createHmac } from 'node:crypto';
import { type Profiler, Session } from 'node:inspector/promises';
import vm from 'node:vm';

/** The imports of a script, which a `vm.Script` cannot have. */
const IMPORTS = /^(?:\s*import [^;]+;)*/;

/**
 * Wraps the engine's own functions over text so that they count the characters that they get: V8 counts only what
 * is executed of a script.
 */
const COUNT_NATIVE = `(count) => {
  // One of them may call another, such as replace exec.
  let depth = 0;
  const wrap = (owner, names, lengthOf) => {
    for (const name of names) {
      const native = owner[name];
      owner[name] = function () {
        if (depth === 0) count(8 + lengthOf(this, arguments));
        depth++;
        try {
          return Reflect.apply(native, this, arguments);
        } finally {
          depth--;
        }
      };
    }
  };
  const ofText = (text) => text.length;
  wrap(String.prototype, ['replace', 'split', 'slice', 'trim', 'toLowerCase', 'toUpperCase', 'search'], ofText);
  wrap(String.prototype, ['indexOf', 'charCodeAt'], () => 0);
  wrap(RegExp.prototype, ['test', 'exec'], (_self, [text]) => text.length);
  wrap(Array.prototype, ['indexOf', 'concat', 'slice'], (list) => list.length);
  wrap(Array.prototype, ['join'], (list) => list.reduce((sum, item) => sum + String(item).length, 0));
  wrap(Object, ['keys'], (_self, [value]) => 8 * Reflect.ownKeys(value).length);
  wrap(Object, ['assign'], (_self, [, ...values]) =>
    values.reduce((sum, value) => sum + 8 * Reflect.ownKeys(value ?? {}).length, 0));
  wrap(globalThis, ['decodeURIComponent', 'encodeURIComponent'], (_self, [text]) => String(text).length);
  wrap(JSON, ['parse'], (_self, [text]) => text.length);
}`;

/** A script whose work can be counted. */
export interface CountedScript {
  /**
   * Counts one call: for each piece of the script its length times how often it ran, and the characters that the
   * engine's own functions were given. The same on every machine; time is not.
   */
  work(event: object): Promise<number>;
  close(): void;
}

/** @param key the only one in the script's key store */
export async function countScript(code: string, key: string): Promise<CountedScript> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  let native = 0;
  const hmac = (text: string) => {
    native += 64 + text.length;
    return createHmac('sha256', key).update(text).digest('base64url');
  };
  const context = vm.createContext({
    Buffer,
    cf: { kvs: () => ({ get: async () => key }) },
    crypto: { createHmac: () => ({ update: (text: string) => ({ digest: () => hmac(text) }) }) },
  });
  const filename = `viewer-request-${Math.random()}.js`;
  vm.runInContext(
    code.replace(IMPORTS, (imports) => ' '.repeat(imports.length)),
    context,
    { filename },
  );
  (vm.runInContext(COUNT_NATIVE, context) as (count: (characters: number) => void) => void)((characters) => {
    native += characters;
  });
  const call = vm.runInContext('(text) => handler(JSON.parse(text))', context) as (text: string) => unknown;
  return {
    work: async (event) => {
      const text = JSON.stringify(event);
      // A first call, for what runs once.
      await call(text);
      await session.post('Profiler.takePreciseCoverage');
      native = -8 - text.length;
      await call(text);
      const { result } = await session.post('Profiler.takePreciseCoverage');
      const script = result.find(({ url }) => url === filename);
      return native + (script === undefined ? 0 : executed(script.functions));
    },
    close: () => session.disconnect(),
  };
}

/** The characters of a script, each as often as its innermost range ran. */
function executed(functions: readonly Profiler.FunctionCoverage[]): number {
  const ranges = functions.flatMap(({ ranges }) => ranges);
  // From the outside to the inside.
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const counts = new Uint32Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)));
  for (const { startOffset, endOffset, count } of ranges) counts.fill(count, startOffset, endOffset);
  return counts.reduce((sum, count) => sum + count, 0);
}
