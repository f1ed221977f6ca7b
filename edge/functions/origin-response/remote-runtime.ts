import { InvokeCommand, LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { UserError } from '../../../errors/user-error';
import type { Log } from '../../http/http-types';
import { OverloadError } from './concurrency-limiter';
import { LambdaExecutionError, type LambdaRuntime } from './process-runtime';

export interface RemoteLambdaOptions {
  /** Of the deployed function, with its version: `arn:aws:lambda:us-east-1:…:function:name:7`. */
  readonly arn: string;
  /** As in the template; a little more is waited for the answer. */
  readonly timeoutSeconds: number;
  /** How many requests run at once: each holds a connection. */
  readonly concurrency: number;
  /** Gets what the function's answer says beside its result. */
  readonly log: Log;
}

const ARN = /^arn:[\w-]+:lambda:([\w-]+):\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const errorSchema = z.object({ errorMessage: z.string() });

/**
 * The deployed function in place of processes on this machine. It sees the same event, and reads the bucket with
 * the rights of its own role.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 *
 * @throws UserError where the ARN is none
 */
export function createRemoteLambdaRuntime(options: RemoteLambdaOptions): LambdaRuntime {
  const { arn, timeoutSeconds, concurrency, log } = options;
  const region = ARN.exec(arn)?.[1];
  if (region === undefined) {
    throw new UserError(
      `${arn} is not the ARN of a Lambda function, as in: arn:aws:lambda:us-east-1:111122223333:function:name:1`,
    );
  }
  const client = new LambdaClient({
    region,
    // A render that failed would fail again, and its viewer has waited long enough.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: (timeoutSeconds + 5) * 1000,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: concurrency },
      httpsAgent: { maxSockets: concurrency },
    },
  });
  return {
    invoke: async (event) => {
      try {
        const { Payload, FunctionError } = await client.send(
          new InvokeCommand({ FunctionName: arn, Payload: JSON.stringify(event) }),
        );
        const result: unknown = JSON.parse(Payload?.transformToString() || 'null');
        if (FunctionError === undefined) return result;
        const said = errorSchema.safeParse(result).data?.errorMessage;
        throw new LambdaExecutionError(said ?? FunctionError);
      } catch (error) {
        if (error instanceof LambdaExecutionError) throw error;
        if (error instanceof LambdaServiceException && error.$metadata.httpStatusCode === 429) {
          log(`Lambda: ${error.name}: ${error.message}`);
          throw new OverloadError(error.message, { cause: error });
        }
        throw new LambdaExecutionError(error instanceof Error ? error.message : String(error), {
          cause: error,
        });
      }
    },
    close: async () => client.destroy(),
  };
}
