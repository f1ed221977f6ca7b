import type { CloudFrontHeaders } from 'aws-lambda';
import { POSITION } from '../../contract/parameters/table';
import { readValue } from '../../contract/parameters/value';

/** User-defined metadata of an object, which S3 sends as a header with each answer. */
const HEADER = 'x-amz-meta-focus';

/** What an object says about its focal point. */
export interface Focus {
  /** `x,y` of the upright picture, both from 0 to 1. */
  readonly point?: string;
  /** What cannot be read as a point, cut to the length of a log line. */
  readonly ignored?: string;
}

/**
 * Reads the focal point of an object. A malformed one is ignored: the picture is worth more than its metadata.
 *
 * @param headers of S3's response
 */
export function readFocus(headers: CloudFrontHeaders): Focus {
  const value = headers[HEADER]?.[0]?.value;
  if (value === undefined) return {};
  const point = /^[0-9.]+,[0-9.]+$/.test(value) ? readValue(POSITION, value, false) : undefined;
  return point === undefined ? { ignored: value.slice(0, 40) } : { point: String(point) };
}
