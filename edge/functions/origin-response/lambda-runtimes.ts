import type { Behavior, LambdaFunction } from '../../assembly/assembly';
import { createRestingRuntime } from './idle-shutdown-runtime';
import type { LambdaRuntime } from './process-runtime';

/** The runtimes of an assembly's functions. */
export interface LambdaRuntimes {
  /** How many functions there are. */
  readonly count: number;
  /** Undefined where the behaviour has no function at origin-response. */
  of(behavior: Behavior): LambdaRuntime | undefined;
  close(): Promise<void>;
}

/**
 * One runtime for each function, however many behaviours share it. A function has processes of its own: two in one
 * process would load sharp twice, from two folders. Of several functions, those that nobody calls rest.
 *
 * @param prepare finds the folder that a function can run from here
 */
export async function createLambdaRuntimes(
  behaviors: readonly Behavior[],
  prepare: (lambda: LambdaFunction) => Promise<LambdaFunction>,
  start: (lambda: LambdaFunction) => LambdaRuntime,
): Promise<LambdaRuntimes> {
  const lambdas = new Map<string, LambdaFunction>();
  for (const { originResponse } of behaviors) {
    if (originResponse) lambdas.set(nameOf(originResponse), originResponse);
  }
  const runtimes = new Map<string, LambdaRuntime>();
  for (const [name, lambda] of lambdas) {
    const prepared = await prepare(lambda);
    runtimes.set(name, lambdas.size > 1 ? createRestingRuntime(() => start(prepared)) : start(prepared));
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
