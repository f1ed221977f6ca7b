import type { Behavior, LambdaFunction } from '../../assembly/behavior';
import { createIdleShutdownRuntime } from './idle-shutdown-runtime';
import type { LambdaRuntime } from './lambda-runtime';

/** The runtimes of all functions of an assembly. */
export interface LambdaRuntimes {
  /** The number of distinct functions. */
  readonly count: number;
  /** Undefined if the behaviour has no function at origin-response. */
  runtimeFor(behavior: Behavior): LambdaRuntime | undefined;
  close(): Promise<void>;
}

/**
 * Creates one runtime per function; behaviours with the same function share it. Functions do not share
 * processes, because each has its own copy of sharp. If there are several, idle ones are shut down.
 *
 * @param prepare returns the function with the folder to run it from
 */
export async function createLambdaRuntimes(
  behaviors: readonly Behavior[],
  prepare: (lambda: LambdaFunction) => Promise<LambdaFunction>,
  start: (lambda: LambdaFunction) => LambdaRuntime,
): Promise<LambdaRuntimes> {
  const lambdas = new Map<string, LambdaFunction>();
  for (const { originResponse } of behaviors) {
    if (originResponse) lambdas.set(identityOf(originResponse), originResponse);
  }
  const runtimes = new Map<string, LambdaRuntime>();
  for (const [identity, lambda] of lambdas) {
    const prepared = await prepare(lambda);
    const runtime = lambdas.size > 1 ? createIdleShutdownRuntime(() => start(prepared)) : start(prepared);
    runtimes.set(identity, runtime);
  }
  return {
    count: runtimes.size,
    runtimeFor: ({ originResponse }) => originResponse && runtimes.get(identityOf(originResponse)),
    close: async () => {
      await Promise.all([...runtimes.values()].map((runtime) => runtime.close()));
    },
  };
}

function identityOf(lambda: LambdaFunction): string {
  return JSON.stringify(lambda);
}
