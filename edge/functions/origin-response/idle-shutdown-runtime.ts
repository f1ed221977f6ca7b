import { LambdaExecutionError, type LambdaRuntime } from './lambda-runtime';

const IDLE_TIME = 60_000;

/**
 * Creates a runtime that starts with its first request and shuts down when idle, so that an assembly with many
 * functions needs only the memory of those in use.
 *
 * @param idleTime milliseconds without a request until it shuts down
 */
export function createIdleShutdownRuntime(
  start: () => LambdaRuntime,
  idleTime: number = IDLE_TIME,
): LambdaRuntime {
  let runtime: LambdaRuntime | undefined;
  let shutdowns: Promise<void> = Promise.resolve();
  let running = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const shutDown = () => {
    clearTimeout(idleTimer);
    const closing = runtime;
    runtime = undefined;
    if (closing) shutdowns = Promise.all([shutdowns, closing.close()]).then(() => {});
    return shutdowns;
  };
  return {
    invoke: async (event, options) => {
      if (isClosed) throw new LambdaExecutionError('the edge is shutting down');
      clearTimeout(idleTimer);
      running++;
      runtime ??= start();
      try {
        return await runtime.invoke(event, options);
      } finally {
        running--;
        if (running === 0 && !isClosed) idleTimer = setTimeout(() => void shutDown(), idleTime).unref();
      }
    },
    close: () => {
      isClosed = true;
      return shutDown();
    },
  };
}
