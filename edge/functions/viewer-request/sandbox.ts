import vm from 'node:vm';
import { createModuleHost, type KeyValueStore, MODULES, readImports } from './engine-modules';

/** Runs a CloudFront Function's `handler` on an event. Throws what the function throws; an async one rejects. */
export type Sandbox = (event: object) => unknown;

/** Calls the function on an event in JSON. Only strings cross the sandbox's border. */
type Run = (event: string) => Outcome;

/** JSON, a promise of JSON, or the message of what the function threw. */
type Outcome = string | undefined | Promise<string> | { readonly error: string };

/** To evaluate the function's code, and to wait for an async one. In milliseconds. */
const TIMEOUT = 1_000;

/**
 * Creates a `vm` context with the language and nothing of Node. Events and results cross it as JSON.
 *
 * The context is reused: a new one for each request would cost ten times what the function does, on every hit. So
 * would `vm`'s time limit, which starts a thread for each call: the caller guards calls that do not return.
 */
export function createSandbox(code: string, store: KeyValueStore): Sandbox {
  const script = new vm.Script(wrapHandler(code));
  let run: Run | undefined;
  return (event) => {
    run ??= evaluate(script, store);
    const outcome = run(JSON.stringify(event));
    if (outcome === undefined) return undefined;
    if (typeof outcome === 'string') return JSON.parse(outcome);
    if ('error' in outcome) throw new Error(String(outcome.error));
    return withTimeout(outcome).then((returned) => JSON.parse(returned));
  };
}

function evaluate(script: vm.Script, store: KeyValueStore): Run {
  // Without a prototype, whose `constructor` would lead a function out of the sandbox.
  const context = vm.createContext(Object.assign(Object.create(null), { host: createModuleHost(store) }));
  const run: Run = script.runInContext(context, { timeout: TIMEOUT });
  delete context.host;
  return run;
}

/** The language's own globals. A context looks each of them up in Node's object; parameters are ten times faster. */
const GLOBALS = (vm.runInNewContext('Object.getOwnPropertyNames(globalThis).join()') as string)
  .split(',')
  .filter((name) => !['globalThis', 'undefined', 'NaN', 'Infinity', 'eval'].includes(name))
  .join();

/** Binds the function's imports and evaluates to a {@link Run}. */
function wrapHandler(code: string): string {
  const { body, imports } = readImports(code);
  const names = imports.map(({ name }) => name).join();
  const modules = imports.map(({ module }) => `modules[${JSON.stringify(module)}]`).join();
  return `((modules) => (function (${GLOBALS}) {
    const handler = (function (${names}) { ${body}
      ; return handler;
    })(${modules});
    const describe = (error) => String(error && error.message !== undefined ? error.message : error);
    // Strict, so that the function does not get hold of its callers.
    return (event) => {
      'use strict';
      try {
        const returned = handler(JSON.parse(event));
        const isPromise = returned && typeof returned.then === 'function';
        if (!isPromise) return JSON.stringify(returned);
        return returned.then((value) => JSON.stringify(value), (error) => { throw describe(error); });
      } catch (error) {
        return { error: describe(error) };
      }
    };
  })(${GLOBALS}))((${MODULES})(host))`;
}

/** Limits how long an async function may wait. */
async function withTimeout(promise: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the function never answered')), TIMEOUT);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
