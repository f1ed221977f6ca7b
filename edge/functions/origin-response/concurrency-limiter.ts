import type { Log } from '../../http/http-types';
import { LambdaExecutionError, type LambdaRuntime } from './process-runtime';

/** More was asked for than can be done in time: come again later. */
export class OverloadError extends LambdaExecutionError {}

export interface BoundOptions {
  /** How many requests run at once. */
  readonly concurrency: number;
  /** How many more may wait for their turn. */
  readonly queue: number;
  /** How long they may, in milliseconds. */
  readonly maxWait: number;
  /** Told when requests begin to be refused, and when nobody waits any more. */
  readonly log: Log;
}

/** A limit on what is done at once, of one runtime or of several together. */
export interface Bound {
  /** How many requests run and wait now. */
  load(): { readonly running: number; readonly waiting: number };
  /** A runtime that refuses what could not be done in time. @throws OverloadError from `invoke`, above the limit */
  around(runtime: LambdaRuntime): LambdaRuntime;
}

interface Waiting {
  start(): void;
}

/** Puts a limit on what runtimes have to do at once. */
export function createBound({ concurrency, queue, maxWait, log }: BoundOptions): Bound {
  const waiting = new Set<Waiting>();
  let running = 0;
  let refusing = false;

  const isFull = () => running >= concurrency && waiting.size >= queue;
  const refuse = () => {
    if (!refusing) log(`overloaded: ${running} renders run, ${waiting.size} wait; answering 503`);
    refusing = true;
    return new OverloadError(`${running} renders run and ${waiting.size} wait`);
  };
  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const entry = {
        start: () => {
          clearTimeout(clock);
          waiting.delete(entry);
          resolve();
        },
      };
      const clock = setTimeout(() => {
        waiting.delete(entry);
        reject(refuse());
      }, maxWait);
      waiting.add(entry);
    });
  /** Hands the turn on; whoever takes it over is counted in `running` already. */
  const done = () => {
    const [next] = waiting;
    if (next) return next.start();
    running--;
    if (refusing) log('no longer overloaded');
    refusing = false;
  };

  return {
    load: () => ({ running, waiting: waiting.size }),
    around: (runtime) => ({
      invoke: async (event) => {
        if (isFull()) throw refuse();
        if (running < concurrency) running++;
        else await turn();
        try {
          return await runtime.invoke(event);
        } finally {
          done();
        }
      },
      isFull: () => {
        const full = isFull();
        if (full) refuse();
        return full;
      },
      close: () => runtime.close(),
    }),
  };
}
