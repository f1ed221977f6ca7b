import { InvokeCommand, LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { UserError } from '../../../errors/user-error';
import type { Log } from '../../operations/log';
import { LambdaExecutionError, type LambdaRuntime, OverloadError } from './lambda-runtime';

export interface RemoteRuntimeOptions {
  /** The deployed function's, with its version: `arn:aws:lambda:us-east-1:…:function:name:7`. */
  readonly arn: string;
  /** The function's timeout. Its answer is awaited for 5 seconds more. */
  readonly timeoutSeconds: number;
  /** The number of renders at once; each needs a connection. */
  readonly concurrency: number;
  /** Receives the reason when Lambda throttles. */
  readonly log: Log;
}

const ARN = /^arn:[\w-]+:lambda:([\w-]+):\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const errorSchema = z.object({ errorMessage: z.string() });

/** Connections for invocations that render nothing and are not limited. */
const LIGHT_CONNECTIONS = 16;

/**
 * Creates a runtime that invokes the deployed function. It receives the same event, and reads the bucket with its
 * own role.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 *
 * @throws UserError if the ARN is not one of a Lambda function
 */
export function createRemoteRuntime(options: RemoteRuntimeOptions): LambdaRuntime {
  const { arn, timeoutSeconds, concurrency, log } = options;
  const region = ARN.exec(arn)?.[1];
  if (region === undefined) {
    throw new UserError(
      `${arn} is not the ARN of a Lambda function, as in: arn:aws:lambda:us-east-1:111122223333:function:name:1`,
    );
  }
  const maxSockets = concurrency + LIGHT_CONNECTIONS;
  const client = new LambdaClient({
    region,
    // A failed render would fail again, and the viewer has waited long enough.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: (timeoutSeconds + 5) * 1000,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets },
      httpsAgent: { maxSockets },
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
        const message = errorSchema.safeParse(result).data?.errorMessage;
        throw new LambdaExecutionError(message ?? FunctionError);
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
