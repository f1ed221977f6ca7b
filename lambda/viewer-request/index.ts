import { forbid } from './answer';
import type { FunctionEvent, FunctionRequest, FunctionResponse } from './event';
import { viewerRequest } from './handler';
import { settings } from './settings';

export function handler(event: FunctionEvent): FunctionRequest | FunctionResponse {
  try {
    return viewerRequest(event.request, settings);
  } catch (_unforeseen) {
    if (settings.originals === 'deny') return forbid('internal: the request could not be read');
    // An exception here would be a 502. The original goes, without the viewer's query, which S3 would obey.
    event.request.querystring = '';
    return event.request;
  }
}
