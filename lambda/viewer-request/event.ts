/**
 * The part of a CloudFront Function's event that we use.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export interface FunctionEvent {
  readonly request: FunctionRequest;
}

/** Values are percent-encoded as the viewer sent them; names keep their case. */
export type FunctionQuery = Record<
  string,
  { readonly value: string; readonly multiValue?: readonly { readonly value: string }[] }
>;

export interface FunctionRequest {
  readonly method: string;
  uri: string;
  /** CloudFront sends a record. We return a string, because only a string keeps the order. */
  querystring: FunctionQuery | string;
  /** Names in lower case. */
  readonly headers: Record<string, { readonly value: string }>;
}

export interface FunctionResponse {
  readonly statusCode: number;
  readonly headers: Record<string, { readonly value: string }>;
  readonly body?: { readonly encoding: 'text'; readonly data: string };
}
