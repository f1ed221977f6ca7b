import type { FunctionEvent, FunctionQuery } from '../../lambda/viewer-request/event';

/** The real event's shape: values as sent, `multiValue` where a name repeats. */
export function functionEvent(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): FunctionEvent {
  const [uri = '', search = ''] = url.split('?');
  const querystring: FunctionQuery = {};
  for (const part of search.split('&').filter((text) => text !== '')) {
    const [name = '', ...rest] = part.split('=');
    const value = rest.join('=');
    const seen = querystring[name];
    querystring[name] = seen
      ? { value, multiValue: [...(seen.multiValue ?? [{ value: seen.value }]), { value }] }
      : { value };
  }
  const wrapped = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd.cloudfront.net',
      distributionId: 'E',
      eventType: 'viewer-request',
      requestId: 'r',
    },
    viewer: { ip: '198.51.100.11' },
    request: { method, uri, querystring, headers: wrapped, cookies: {} },
  } as FunctionEvent;
}
