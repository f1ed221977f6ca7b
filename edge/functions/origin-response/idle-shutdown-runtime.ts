import { LambdaExecutionError, type LambdaRuntime } from './process-runtime';

/** How long processes wait for the next request, in milliseconds. */
const IDLE_TIME = 60_000;

/**
 * A runtime that starts with its first request and ends when none has come for a while, so that an assembly with
 * many functions takes the memory of those in use.
 *
 * @param idleTime in milliseconds
 */
export function createRestingRuntime(
  start: () => LambdaRuntime,
  idleTime: number = IDLE_TIME,
): LambdaRuntime {
  let runtime: LambdaRuntime | undefined;
  let ended: Promise<void> = Promise.resolve();
  let running = 0;
  let clock: NodeJS.Timeout | undefined;
  let isClosed = false;
  const end = () => {
    clearTimeout(clock);
    const ending = runtime;
    runtime = undefined;
    if (ending) ended = Promise.all([ended, ending.close()]).then(() => {});
    return ended;
  };
  return {
    invoke: async (event) => {
      if (isClosed) throw new LambdaExecutionError('the edge is ending');
      clearTimeout(clock);
      running++;
      runtime ??= start();
      try {
        return await runtime.invoke(event);
      } finally {
        running--;
        if (running === 0 && !isClosed) clock = setTimeout(() => void end(), idleTime).unref();
      }
    },
    close: () => {
      isClosed = true;
      return end();
    },
  };
}
