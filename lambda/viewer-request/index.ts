import { forbid } from './answer';
import type { FunctionEvent, FunctionRequest, FunctionResponse } from './event';
import { viewerRequest } from './handler';
import { settings } from './settings';

export function handler(event: FunctionEvent): FunctionRequest | FunctionResponse {
  try {
    return viewerRequest(event.request, settings);
  } catch (_unforeseen) {
    if (settings.originals === 'deny') return forbid('internal: the request could not be read');
    // An exception here would be a 502. The Lambda parses the query again and refuses what is wrong.
    return event.request;
  }
}
