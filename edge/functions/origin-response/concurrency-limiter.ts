import type { Log } from '../../operations/log';
import { type LambdaRuntime, OverloadError } from './lambda-runtime';

export interface ConcurrencyLimiterOptions {
  /** The number of invocations that run at once. */
  readonly concurrency: number;
  /** The number of further invocations that may wait. */
  readonly queue: number;
  /** The longest wait, in milliseconds; undefined for no limit. */
  readonly maxWait: number | undefined;
  /** Receives a line when requests begin to be refused, and one when the overload is over. */
  readonly log: Log;
}

/** A limit on concurrent renders, shared by all runtimes that it wraps. Light invocations pass it by. */
export interface ConcurrencyLimiter {
  /** The numbers of invocations that run and wait now. */
  load(): { readonly running: number; readonly waiting: number };
  /** Applies the limit to a runtime, whose `invoke` then throws OverloadError when the queue is full. */
  wrap(runtime: LambdaRuntime): LambdaRuntime;
}

interface Waiter {
  start(): void;
}

/** Light invocations take a millisecond. This many at once means that the function hangs. */
const MAX_LIGHT = 1000;

/** Creates a limiter with a first-in, first-out queue. */
export function createConcurrencyLimiter(options: ConcurrencyLimiterOptions): ConcurrencyLimiter {
  const { concurrency, queue, maxWait, log } = options;
  const waiters = new Set<Waiter>();
  let running = 0;
  let light = 0;
  let isRefusing = false;

  const isFull = () => running >= concurrency && waiters.size >= queue;
  const refuse = () => {
    const load = `${running} running, ${waiters.size} waiting`;
    if (!isRefusing) log(`overloaded: ${load}; answering 503`);
    isRefusing = true;
    return new OverloadError(load);
  };
  const waitForSlot = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
        waiters.delete(waiter);
      };
      const waiter = {
        start: () => {
          leave();
          resolve();
        },
      };
      const abandon = () => {
        leave();
        reject(signal?.reason);
      };
      const timer =
        maxWait &&
        setTimeout(() => {
          leave();
          reject(refuse());
        }, maxWait);
      signal?.addEventListener('abort', abandon);
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

  const invokeLight = async (invoke: () => Promise<unknown>) => {
    if (light >= MAX_LIGHT) throw refuse();
    light++;
    try {
      return await invoke();
    } finally {
      light--;
    }
  };

  return {
    load: () => ({ running, waiting: waiters.size }),
    wrap: (runtime) => ({
      invoke: async (event, options) => {
        if (options?.isLight) return invokeLight(() => runtime.invoke(event, options));
        options?.signal?.throwIfAborted();
        if (isFull()) throw refuse();
        if (running < concurrency) running++;
        else await waitForSlot(options?.signal);
        try {
          return await runtime.invoke(event, options);
        } finally {
          releaseSlot();
        }
      },
      close: () => runtime.close(),
    }),
  };
}
