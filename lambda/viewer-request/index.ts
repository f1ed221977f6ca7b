import { forbid } from './answer';
import type { FunctionEvent, FunctionRequest, FunctionResponse } from './event';
import { viewerRequest } from './handler';
import { readRequest } from './read-request';
import { settings } from './settings';

export function handler(event: FunctionEvent): FunctionRequest | FunctionResponse {
  const request = event.request;
  try {
    const asked = readRequest(request);
    return 'statusCode' in asked ? asked : viewerRequest(request, asked, settings);
  } catch (_unforeseen) {
    if (settings.originals === 'deny') return forbid('internal: the request could not be read');
    // An exception here would be a 502. The original goes, without the viewer's query, which S3 would obey.
    request.querystring = '';
    return request;
  }
}
