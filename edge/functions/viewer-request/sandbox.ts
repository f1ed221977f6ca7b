import vm from 'node:vm';
import { createModuleHost, type KeyValueStore, MODULES, readImports } from './engine-modules';

/** Runs a CloudFront Function's `handler` on an event. Throws what the function throws. */
export type Sandbox = (event: object) => Promise<unknown>;

/**
 * CloudFront allows less than 1 ms of compute time. This limit only stops endless functions, and it is wall-clock
 * time: 100 ms was too little on a busy machine and caused spurious 503s.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
 */
const TIMEOUT_MILLISECONDS = 1_000;

/**
 * Creates a `vm` context with the language and nothing of Node. Events and results cross it as JSON.
 *
 * The context is reused: a new one for each request would cost ten times what the function does, on every hit.
 */
export function createSandbox(code: string, store: KeyValueStore): Sandbox {
  const limit = { timeout: TIMEOUT_MILLISECONDS };
  const script = new vm.Script(wrapHandler(code));
  const call = new vm.Script('run(event)');
  const createContext = (): vm.Context => {
    const created = vm.createContext({ event: '', host: createModuleHost(store) });
    script.runInContext(created, limit);
    delete created.host;
    return created;
  };
  let context: vm.Context | undefined;
  return async (event) => {
    try {
      context ??= createContext();
      context.event = JSON.stringify(event);
      const returned: string | Promise<string> = call.runInContext(context, limit);
      return JSON.parse(typeof returned === 'string' ? returned : await withTimeout(returned));
    } catch (error) {
      // An interrupted function may leave its globals half changed.
      context = undefined;
      throw error;
    }
  };
}

/** Binds the function's imports and defines `run`, which returns the result as JSON or as a promise of JSON. */
function wrapHandler(code: string): string {
  const { body, imports } = readImports(code);
  return `const run = ((modules) => (function (${imports.map(({ name }) => name).join()}) { ${body}
    ; return (event) => {
      const returned = handler(JSON.parse(event));
      const isPromise = returned && typeof returned.then === 'function';
      return isPromise ? returned.then((value) => JSON.stringify(value)) : JSON.stringify(returned);
    };
  })(${imports.map(({ module }) => `modules[${JSON.stringify(module)}]`).join()}))((${MODULES})(host))`;
}

/**
 * Limits how long an async function may wait. An endless loop after its first `await` is not stopped: the
 * `vm` option that could, `microtaskMode`, would end the whole process.
 */
async function withTimeout(promise: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the function never answered')), TIMEOUT_MILLISECONDS);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
