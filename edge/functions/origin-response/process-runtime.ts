import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import workerpool from 'workerpool';
import type { LambdaFunction } from '../../assembly/behavior';
import type { Log } from '../../operations/log';
import { LambdaExecutionError, type LambdaRuntime } from './lambda-runtime';

export interface ProcessRuntimeOptions {
  readonly lambda: LambdaFunction;
  /** Added to the processes' environment: the S3 endpoint and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** Receives each line that the function prints. */
  readonly log: Log;
  /**
   * The number of renders at once, each in a process of its own. One more process takes what is not a render.
   *
   * @default - the number of processors
   */
  readonly concurrency?: number;
  /**
   * The largest response that the function may make, in bytes.
   *
   * @default - Lambda@Edge's
   */
  readonly bodyLimit?: number | undefined;
}

/** What a process reports while it runs a request. */
interface WorkerEvent {
  /** The function is loaded and its timeout starts. */
  readonly started?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What an invocation ends with: the result, or the error. */
interface Outcome {
  readonly result?: string;
  /** The decoded body, which `result` then lacks. */
  readonly body?: Buffer;
  readonly error?: string;
}

/**
 * Loading the function does not count towards its timeout but has a limit of its own, as in Lambda.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const MAX_INIT_SECONDS = 10;
const FUNCTION_NAME = 'edgecrop-origin-response';
const REGION = 'us-east-1';

/**
 * Creates a runtime that runs a function in a pool of child processes. Time and memory limits can thus be enforced
 * by killing a process, and a crash costs one request.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export function createProcessRuntime(options: ProcessRuntimeOptions): LambdaRuntime {
  const { lambda, environment, log, bodyLimit, concurrency = availableParallelism() } = options;
  const pool = workerpool.pool(join(__dirname, 'lambda-worker.cjs'), {
    workerType: 'process',
    maxWorkers: concurrency + 1,
    workerTerminateTimeout: 100,
    emitStdStreams: true,
    forkArgs: [
      JSON.stringify({ ...lambda, folder: lambda.assetFolder, functionName: FUNCTION_NAME, bodyLimit }),
    ],
    forkOpts: {
      cwd: lambda.assetFolder,
      env: { ...lambdaEnvironment(lambda), ...environment },
      execArgv: [`--max-old-space-size=${lambda.memoryMegabytes}`],
      // Originals and pictures cross as bytes, not as text.
      serialization: 'advanced',
      // A terminal sends Ctrl-C to its whole process group, and this process may not have a handler yet.
      detached: true,
    },
  });
  return {
    invoke: async (event, { readOriginal } = {}) => {
      // The function reads S3 itself, and tries again, where this fails.
      const original = await readOriginal?.().catch(() => undefined);
      const output: string[] = [];
      let timer: NodeJS.Timeout | undefined;
      const task = pool.exec(
        'invoke',
        [JSON.stringify(event), event.Records[0].cf.config.requestId, original],
        {
          on: ({ started, stdout, stderr }: WorkerEvent) => {
            if (started) timer = setTimeout(() => task.cancel(), lambda.timeoutSeconds * 1000);
            output.push(stdout ?? stderr ?? '');
          },
        },
      );
      try {
        const outcome: Outcome = await task.timeout((MAX_INIT_SECONDS + lambda.timeoutSeconds) * 1000);
        if (outcome.result === undefined) throw new LambdaExecutionError(outcome.error);
        const returned = JSON.parse(outcome.result);
        return outcome.body ? { ...returned, body: outcome.body } : returned;
      } catch (error) {
        throw toExecutionError(error, lambda);
      } finally {
        clearTimeout(timer);
        for (const line of output.join('').split('\n').filter(Boolean)) log(line);
      }
    },
    close: async () => {
      await pool.terminate(true);
    },
  };
}

function toExecutionError(error: unknown, { timeoutSeconds }: LambdaFunction): LambdaExecutionError {
  if (error instanceof LambdaExecutionError) return error;
  const { CancellationError, TimeoutError } = workerpool.Promise;
  if (error instanceof CancellationError || error instanceof TimeoutError) {
    return new LambdaExecutionError(`Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);
  }
  const [, exitCode, signal] = /exitCode: `(.*)`\s+signalCode: `(.*)`/.exec(String(error)) ?? [];
  return new LambdaExecutionError(
    signal === 'SIGKILL' || signal === 'SIGABRT'
      ? `Runtime exited with signal ${signal}: out of memory`
      : `Runtime exited without a result (exit code ${exitCode ?? 'unknown'})`,
    { cause: error },
  );
}

/** Lambda's variables: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function lambdaEnvironment(lambda: LambdaFunction): Record<string, string> {
  const { PATH = '', SystemRoot } = process.env;
  return {
    PATH,
    ...(SystemRoot && { SystemRoot }),
    // Not the developer's home: its AWS profiles do not exist in Lambda.
    HOME: tmpdir(),
    TMPDIR: tmpdir(),
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs',
    AWS_LAMBDA_FUNCTION_NAME: FUNCTION_NAME,
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMegabytes),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LAMBDA_TASK_ROOT: lambda.assetFolder,
  };
}
