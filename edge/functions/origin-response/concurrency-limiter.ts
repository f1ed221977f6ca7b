import type { Log } from '../../operations/log';
import { type LambdaRuntime, OverloadError } from './lambda-runtime';

export interface ConcurrencyLimiterOptions {
  /** The number of invocations that run at once. */
  readonly concurrency: number;
  /** The number of further invocations that may wait. */
  readonly queue: number;
  /** The longest wait, in milliseconds. */
  readonly maxWait: number;
  /** Receives a line when requests begin to be refused, and one when the overload is over. */
  readonly log: Log;
}

/** A limit on concurrent invocations, shared by all runtimes that it wraps. */
export interface ConcurrencyLimiter {
  /** The numbers of invocations that run and wait now. */
  load(): { readonly running: number; readonly waiting: number };
  /** Applies the limit to a runtime, whose `invoke` then throws OverloadError when the queue is full. */
  wrap(runtime: LambdaRuntime): LambdaRuntime;
}

interface Waiter {
  start(): void;
}

/** Creates a limiter with a first-in, first-out queue. */
export function createConcurrencyLimiter(options: ConcurrencyLimiterOptions): ConcurrencyLimiter {
  const { concurrency, queue, maxWait, log } = options;
  const waiters = new Set<Waiter>();
  let running = 0;
  let isRefusing = false;

  const isFull = () => running >= concurrency && waiters.size >= queue;
  const refuse = () => {
    const load = `${running} running, ${waiters.size} waiting`;
    if (!isRefusing) log(`overloaded: ${load}; answering 503`);
    isRefusing = true;
    return new OverloadError(load);
  };
  const waitForSlot = () =>
    new Promise<void>((resolve, reject) => {
      const waiter = {
        start: () => {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        reject(refuse());
      }, maxWait);
      waiters.add(waiter);
    });
  const releaseSlot = () => {
    const [next] = waiters;
    // The slot passes to the next waiter, so `running` stays the same.
    if (next) return next.start();
    running--;
    if (isRefusing) log('no longer overloaded');
    isRefusing = false;
  };

  return {
    load: () => ({ running, waiting: waiters.size }),
    wrap: (runtime) => ({
      invoke: async (event) => {
        if (isFull()) throw refuse();
        if (running < concurrency) running++;
        else await waitForSlot();
        try {
          return await runtime.invoke(event);
        } finally {
          releaseSlot();
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
