/** Runs a task, or joins one with the same key that is already running. */
export type Collapse<T> = (key: string, task: () => Promise<T>) => Promise<T>;

/**
 * Collapses identical requests that arrive at the same time into one.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html
 *
 * @param onJoined called for every task that joined another one
 */
export function createCollapse<T>(onJoined: () => void = () => {}): Collapse<T> {
  const running = new Map<string, Promise<T>>();
  return (key, task) => {
    const known = running.get(key);
    if (known) {
      onJoined();
      return known;
    }
    const started = task().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
