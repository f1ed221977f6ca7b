import { randomUUID } from 'node:crypto';
import type { ViewerRequest } from '../../http/http-types';
import { DISTRIBUTION_DOMAIN_NAME, DISTRIBUTION_ID } from '../distribution-identity';

/** A header, query string or cookie, as CloudFront Functions represent it. */
export interface FunctionValue {
  readonly value: string;
  /** All values, if there are several. */
  readonly multiValue?: readonly { readonly value: string }[] | undefined;
}

/** Values by name. */
export type FunctionValues = Readonly<Record<string, FunctionValue>>;

/**
 * Creates the event of a CloudFront Function at viewer-request.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export function createViewerRequestEvent(request: ViewerRequest) {
  return {
    version: '1.0',
    context: {
      distributionDomainName: DISTRIBUTION_DOMAIN_NAME,
      distributionId: DISTRIBUTION_ID,
      eventType: 'viewer-request',
      requestId: randomUUID(),
    },
    viewer: { ip: request.clientIp },
    request: {
      method: request.method,
      uri: request.uri,
      querystring: toFunctionValues(request.querystring),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, { value }])),
      cookies: {},
    },
  };
}

/** Names and values are not decoded. Of a repeated name, `value` is the last one. */
function toFunctionValues(querystring: string): FunctionValues {
  const values = new Map<string, { readonly value: string }[]>();
  for (const pair of querystring.split('&')) {
    if (pair === '') continue;
    const [name = '', ...rest] = pair.split('=');
    const value = { value: rest.join('=') };
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => {
      const last = all.at(-1)?.value ?? '';
      return [name, all.length > 1 ? { value: last, multiValue: all } : { value: last }];
    }),
  );
}
