import type { Behavior, LambdaFunction } from './assembly';
import type { LambdaRuntime } from './lambda-runtime';

/** The runtimes of an assembly's functions. */
export interface LambdaRuntimes {
  /** How many functions there are. */
  readonly count: number;
  /** Undefined where the behaviour has no function at origin-response. */
  of(behavior: Behavior): LambdaRuntime | undefined;
  close(): Promise<void>;
}

/**
 * One runtime for each function, however many behaviours share it. A function has processes of its own, and none
 * before its first request: two functions in one process would load sharp twice, from two folders.
 */
export async function createLambdaRuntimes(
  behaviors: readonly Behavior[],
  create: (lambda: LambdaFunction) => Promise<LambdaRuntime>,
): Promise<LambdaRuntimes> {
  const runtimes = new Map<string, LambdaRuntime>();
  for (const { originResponse } of behaviors) {
    if (!originResponse || runtimes.has(nameOf(originResponse))) continue;
    runtimes.set(nameOf(originResponse), await create(originResponse));
  }
  return {
    count: runtimes.size,
    of: ({ originResponse }) => originResponse && runtimes.get(nameOf(originResponse)),
    close: async () => {
      await Promise.all([...runtimes.values()].map((runtime) => runtime.close()));
    },
  };
}

function nameOf(lambda: LambdaFunction): string {
  return JSON.stringify(lambda);
}
