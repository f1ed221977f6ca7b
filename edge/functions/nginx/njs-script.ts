import type { CloudFrontFunction } from '../../assembly/behavior';

export interface NjsScriptOptions {
  readonly viewerRequest: CloudFrontFunction;
  /** The names of the query strings in the cache key. */
  readonly queryStrings: 'all' | readonly string[];
}

/**
 * Writes the module that nginx imports: the deployed CloudFront Function as it is, and the handler that sends each
 * request to one of the configuration's named locations.
 * https://nginx.org/en/docs/njs/reference.html
 */
export function njsScript({ viewerRequest, queryStrings }: NjsScriptOptions): string {
  return `// Written by edgecrop. Write it again when the assembly changes.
const handler = (function () {
${viewerRequest.code}
return handler;
})();
const names = ${JSON.stringify(queryStrings)};
${ROUTE}`;
}

/** In the language of njs 0.7.9. What it does not know how to answer goes to the edge, which runs the same function. */
const ROUTE = `const conditions = ['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since'];

function values(args) {
  const found = Object.create(null);
  args.split('&').forEach(function (pair) {
    if (pair === '') return;
    const mark = pair.indexOf('=');
    const name = mark < 0 ? pair : pair.slice(0, mark);
    const value = { value: mark < 0 ? '' : pair.slice(mark + 1) };
    const known = found[name];
    if (!known) found[name] = { value: value.value };
    else {
      known.multiValue = (known.multiValue || [{ value: known.value }]).concat([value]);
      known.value = value.value;
    }
  });
  return found;
}

function written(querystring) {
  if (typeof querystring === 'string') return querystring;
  return Object.keys(querystring).map(function (name) {
    const entry = querystring[name];
    return (entry.multiValue || [entry]).map(function (one) { return name + '=' + one.value; }).join('&');
  }).join('&');
}

function forwarded(querystring) {
  if (names === 'all') return querystring;
  return querystring.split('&').filter(function (pair) {
    return names.indexOf(pair.split('=')[0]) >= 0;
  }).join('&');
}

function route(r) {
  const url = r.variables.request_uri;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const args = mark < 0 ? '' : url.slice(mark + 1);
  if (r.method !== 'GET' || path === '/' || url.length > 8192 || args.indexOf('__proto__') >= 0)
    return r.internalRedirect('@edge');
  const headers = {};
  for (const name in r.headersIn) headers[name.toLowerCase()] = { value: r.headersIn[name] };
  const has = function (name) { return headers[name] !== undefined; };
  const isConditional = conditions.some(has);
  const event = {
    version: '1.0',
    context: {
      distributionDomainName: 'edgecrop.cloudfront.net',
      distributionId: 'EDGECROPLOCAL',
      eventType: 'viewer-request',
      requestId: r.variables.request_id,
    },
    viewer: { ip: r.remoteAddress },
    request: { method: r.method, uri: path, querystring: values(args), headers: headers, cookies: {} },
  };
  let request;
  try {
    request = handler(event);
  } catch (error) {
    r.error('the viewer-request function failed: ' + error);
  }
  // The edge answers what the function answers by itself, and a range of an original.
  if (!request || request.statusCode !== undefined || typeof request.uri !== 'string' || !request.headers)
    return r.internalRedirect('@edge');
  if (request.headers.range)
    return r.internalRedirect('@edge');
  const query = forwarded(written(request.querystring));
  r.variables.edgecrop_key = query === '' ? request.uri : request.uri + '?' + query;
  // A viewer's conditions that the function removes are about another rendering.
  const isRemoved = isConditional && !conditions.some(function (name) { return request.headers[name]; });
  r.internalRedirect(isRemoved || args !== '' && query !== '' ? '@crop' : '@original');
}

export default { route };
`;
