import vm from 'node:vm';
import { createModuleHost, type KeyValueStore, MODULES, readImports } from './engine-modules';

/** Runs a CloudFront Function's `handler` on an event. Throws what the function throws. */
export type Sandbox = (event: object) => Promise<unknown>;

/**
 * CloudFront allows less than 1 ms of compute time. This limit only stops endless functions, and it is wall-clock
 * time: 100 ms was too little on a busy machine and caused spurious 503s.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
 */
const LIMIT = { timeout: 1_000 };

interface Task {
  /** As JSON: objects of this realm would lead a function out of the sandbox. */
  readonly event: string;
  resolve(returned: unknown): void;
  reject(error: unknown): void;
}

/** What crosses the sandbox's border. */
interface Engine {
  readonly events: string[];
  /** In the order of the events; the rest is missing if the function was interrupted. */
  readonly outcomes: readonly Outcome[];
  /** Runs the function on every event. */
  run(): void;
}

/** JSON, a promise of JSON, or the message of what the function threw. */
type Outcome = string | Promise<string> | { readonly error: string };

/**
 * Creates a `vm` context with the language and nothing of Node. Events and results cross it as JSON.
 *
 * The context is reused: a new one for each request would cost ten times what the function does, on every hit.
 *
 * `vm` enforces a time limit with a thread that it starts for each call, which costs ten times what the function does
 * as well. So one call serves all requests that the event loop has read.
 */
export function createSandbox(code: string, store: KeyValueStore): Sandbox {
  const script = new vm.Script(wrapHandler(code));
  let engine: Engine | undefined;
  let waiting: Task[] = [];

  const runBatch = (tasks: readonly Task[]): void => {
    const [first] = tasks;
    if (!first) return;
    let current: Engine | undefined;
    try {
      engine ??= createEngine(script, store);
      current = engine;
      for (const { event } of tasks) current.events.push(event);
      current.run();
      for (const [index, task] of tasks.entries()) settle(task, current.outcomes[index]);
    } catch (error) {
      // An interrupted function may leave its globals half changed.
      engine = undefined;
      if (tasks.length === 1) {
        first.reject(error);
        return;
      }
      // The one that was interrupted has a limit of its own, and the others do not pay for it.
      const done = current?.outcomes.length ?? 0;
      for (const [index, task] of tasks.slice(0, done).entries()) settle(task, current?.outcomes[index]);
      runBatch(tasks.slice(done, done + 1));
      runBatch(tasks.slice(done + 1));
    }
  };
  const runWaiting = () => {
    const tasks = waiting;
    waiting = [];
    runBatch(tasks);
  };

  return (event) =>
    new Promise((resolve, reject) => {
      // Immediates run when every connection that has data has been read.
      if (waiting.length === 0) setImmediate(runWaiting);
      waiting.push({ event: JSON.stringify(event), resolve, reject });
    });
}

/** Never throws, whatever the function has put in the place of an outcome. */
function settle(task: Task, outcome: Outcome | undefined): void {
  try {
    if (outcome === undefined) task.resolve(undefined);
    else if (typeof outcome === 'string') task.resolve(JSON.parse(outcome));
    else if ('error' in outcome) task.reject(new Error(String(outcome.error)));
    else {
      withTimeout(outcome)
        .then((returned) => task.resolve(JSON.parse(returned)))
        .catch(task.reject);
    }
  } catch (error) {
    task.reject(error);
  }
}

const RUN = new vm.Script('run()');

function createEngine(script: vm.Script, store: KeyValueStore): Engine {
  // Without a prototype, whose `constructor` would lead a function out of the sandbox.
  const context = vm.createContext(Object.assign(Object.create(null), { host: createModuleHost(store) }));
  const { events, outcomes } = script.runInContext(context, LIMIT);
  delete context.host;
  return { events, outcomes, run: () => RUN.runInContext(context, LIMIT) };
}

/** The language's own globals. A context looks each of them up in Node's object; parameters are ten times faster. */
const GLOBALS = (vm.runInNewContext('Object.getOwnPropertyNames(globalThis).join()') as string)
  .split(',')
  .filter((name) => !['globalThis', 'undefined', 'NaN', 'Infinity', 'eval'].includes(name))
  .join();

/** Binds the function's imports, defines `run`, and returns the lists of events and outcomes. */
function wrapHandler(code: string): string {
  const { body, imports } = readImports(code);
  const names = imports.map(({ name }) => name).join();
  const modules = imports.map(({ module }) => `modules[${JSON.stringify(module)}]`).join();
  return `let run; ((modules) => (function (${GLOBALS}) {
    const handler = (function (${names}) { ${body}
      ; return handler;
    })(${modules});
    const events = [];
    const outcomes = [];
    const describe = (error) => String(error && error.message !== undefined ? error.message : error);
    const call = (event) => {
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
    run = () => {
      outcomes.length = 0;
      const batch = events.splice(0);
      for (let i = 0; i < batch.length; i++) outcomes.push(call(batch[i]));
    };
    return { events, outcomes };
  })(${GLOBALS}))((${MODULES})(host))`;
}

/**
 * Limits how long an async function may wait. An endless loop after its first `await` is not stopped: the
 * `vm` option that could, `microtaskMode`, would end the whole process.
 */
async function withTimeout(promise: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the function never answered')), LIMIT.timeout);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
