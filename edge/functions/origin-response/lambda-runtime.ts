import type { OriginResponseEvent } from './origin-response-event';

/** How one invocation is run. */
export interface InvocationOptions {
  /**
   * Whether the function can do no more than decide: there is nothing to render. Such an invocation does not wait for
   * renders.
   *
   * @default false
   */
  readonly isLight?: boolean;
  /**
   * Aborted when nobody waits for the result any longer. An invocation that has not begun then rejects with the reason.
   *
   * @default - never
   */
  readonly signal?: AbortSignal;
  /**
   * Reads the original that the edge has asked S3 for already, so that the function need not read it again.
   *
   * @default - the function reads S3
   */
  readonly readOriginal?: () => Promise<Buffer>;
}

/** Runs one Lambda function: in processes here, or deployed. */
export interface LambdaRuntime {
  /**
   * @returns the handler's result, after a round trip through JSON; a body in base64 may have become a Buffer
   * @throws LambdaExecutionError
   */
  invoke(event: OriginResponseEvent, options?: InvocationOptions): Promise<unknown>;
  /** Stops at once; invocations in flight fail. */
  close(): Promise<void>;
}

/** The function threw, crashed, or exceeded its time or memory. CloudFront answers 503. */
export class LambdaExecutionError extends Error {
  override readonly name = 'LambdaExecutionError';
}

/** The request was refused because too many others run or wait. The viewer may retry. */
export class OverloadError extends LambdaExecutionError {}
