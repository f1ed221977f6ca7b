/** Runs a task, or joins the one of the same name that is under way already. */
export type Collapse<T> = (key: string, task: () => Promise<T>) => Promise<T>;

/**
 * Requests for one thing that arrive while it is being made wait for it and share it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html
 *
 * @param onJoined told of every task that is spared
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
