import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import workerpool from 'workerpool';
import type { LambdaFunction } from '../../assembly/assembly';
import type { Log } from '../../http/http-types';
import type { OriginResponseEvent } from './origin-response-event';

/** The function threw, crashed, or ran out of time or memory: CloudFront answers 503. */
export class LambdaExecutionError extends Error {
  override readonly name = 'LambdaExecutionError';
}

/** Runs one function. */
export interface LambdaRuntime {
  /**
   * @returns what the handler returned, through JSON
   * @throws LambdaExecutionError
   */
  invoke(event: OriginResponseEvent): Promise<unknown>;
  /** Where there is a limit: whether one more request would be refused. */
  readonly isFull?: () => boolean;
  /** Ends every process; what is under way fails. */
  close(): Promise<void>;
}

export interface LambdaRuntimeOptions {
  readonly lambda: LambdaFunction;
  /** Variables for the function's processes, above all where S3 is and who asks. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gets what the function prints. */
  readonly log: Log;
  /**
   * How many requests run at once.
   *
   * @default - as many as there are processors
   */
  readonly concurrency?: number;
}

/** What the process of a function reports while it works on a request. */
interface WorkerEvent {
  /** The function is loaded, its time runs. */
  readonly started?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What it ends with: the result as JSON, or what was thrown. */
interface Outcome {
  readonly result?: string;
  readonly error?: string;
}

/**
 * Loading the function is not counted against its timeout, but limited in turn.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const MAX_INIT_SECONDS = 10;
const FUNCTION_NAME = 'edgecrop-origin-response';
const REGION = 'us-east-1';

/**
 * Runs a function in processes of its own, one request at a time in each, so that its time and its memory are
 * limited in earnest and a crash costs one request.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export function createLambdaRuntime(options: LambdaRuntimeOptions): LambdaRuntime {
  const { lambda, environment, log, concurrency = availableParallelism() } = options;
  const pool = workerpool.pool(join(__dirname, 'lambda-worker.cjs'), {
    workerType: 'process',
    maxWorkers: concurrency,
    workerTerminateTimeout: 100,
    emitStdStreams: true,
    forkArgs: [JSON.stringify({ ...lambda, folder: lambda.assetFolder, functionName: FUNCTION_NAME })],
    forkOpts: {
      cwd: lambda.assetFolder,
      env: { ...lambdaEnvironment(lambda), ...environment },
      execArgv: [`--max-old-space-size=${lambda.memoryMegabytes}`],
    },
  });
  return {
    invoke: async (event) => {
      const output: string[] = [];
      let clock: NodeJS.Timeout | undefined;
      const task = pool.exec('invoke', [JSON.stringify(event), event.Records[0].cf.config.requestId], {
        on: ({ started, stdout, stderr }: WorkerEvent) => {
          if (started) clock = setTimeout(() => task.cancel(), lambda.timeoutSeconds * 1000);
          output.push(stdout ?? stderr ?? '');
        },
      });
      try {
        const outcome: Outcome = await task.timeout((MAX_INIT_SECONDS + lambda.timeoutSeconds) * 1000);
        if (outcome.result === undefined) throw new LambdaExecutionError(outcome.error);
        return JSON.parse(outcome.result);
      } catch (error) {
        throw toExecutionError(error, lambda);
      } finally {
        clearTimeout(clock);
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

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function lambdaEnvironment(lambda: LambdaFunction): Record<string, string> {
  const { PATH = '', SystemRoot } = process.env;
  return {
    PATH,
    ...(SystemRoot && { SystemRoot }),
    // Not the developer's own: the function must not find a profile there that it has not got in Lambda.
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
