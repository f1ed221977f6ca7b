/** A task that may be shared. */
export interface CollapsibleTask<T> {
  /** Equal for tasks with the same result. */
  readonly key: string;
  /** Aborted when this caller no longer wants the result. */
  readonly signal: AbortSignal | undefined;
  /** @param abandoned aborted when no caller wants the result any longer */
  run(abandoned: AbortSignal): Promise<T>;
}

/** The result of a task, and whether another caller receives it too. */
export interface Collapsed<T> {
  readonly value: T;
  /** Whether the task was started by another caller. */
  readonly isJoined: boolean;
}

/** Runs a task, or joins one with the same key that is already running. */
export type Collapse<T> = (task: CollapsibleTask<T>) => Promise<Collapsed<T>>;

interface Running<T> {
  readonly result: Promise<T>;
  readonly abandonment: AbortController;
  /** The number of callers that still want the result. */
  callers: number;
}

/**
 * Collapses identical requests that arrive at the same time into one.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html
 *
 * @param onJoined called for every task that joined another one
 */
export function createCollapse<T>(onJoined: () => void = () => {}): Collapse<T> {
  const running = new Map<string, Running<T>>();

  const start = ({ key, run }: CollapsibleTask<T>): Running<T> => {
    const abandonment = new AbortController();
    const result = run(abandonment.signal).finally(() => {
      if (running.get(key) === started) running.delete(key);
    });
    const started: Running<T> = { result, abandonment, callers: 0 };
    running.set(key, started);
    return started;
  };
  const leaveOnAbort = (task: Running<T>, signal: AbortSignal | undefined) => {
    task.callers++;
    signal?.addEventListener(
      'abort',
      () => {
        task.callers--;
        if (task.callers === 0) task.abandonment.abort();
      },
      { once: true },
    );
  };

  return async (task) => {
    for (;;) {
      const known = running.get(task.key);
      if (known) onJoined();
      const joined = known ?? start(task);
      leaveOnAbort(joined, task.signal);
      try {
        return { value: await joined.result, isJoined: known !== undefined };
      } catch (error) {
        // The others left before this caller came. The task was given up, not failed.
        const isForOthers = known && joined.abandonment.signal.aborted && !task.signal?.aborted;
        if (!isForOthers) throw error;
      }
    }
  };
}
