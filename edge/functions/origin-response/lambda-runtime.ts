import type { OriginResponseEvent } from './origin-response-event';

/** Runs one Lambda function: in processes here, or deployed. */
export interface LambdaRuntime {
  /**
   * @returns the handler's result, after a round trip through JSON
   * @throws LambdaExecutionError
   */
  invoke(event: OriginResponseEvent): Promise<unknown>;
  /**
   * Whether another request would be refused.
   *
   * @default - never
   */
  readonly isFull?: () => boolean;
  /** Stops at once; invocations in flight fail. */
  close(): Promise<void>;
}

/** The function threw, crashed, or exceeded its time or memory. CloudFront answers 503. */
export class LambdaExecutionError extends Error {
  override readonly name = 'LambdaExecutionError';
}

/** The request was refused because too many others run or wait. The viewer may retry. */
export class OverloadError extends LambdaExecutionError {}
