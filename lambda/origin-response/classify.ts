import type { CloudFrontRequest, CloudFrontResultResponse } from 'aws-lambda';
import { lockedParameter } from '../contract/locked';
import { VERSION } from '../contract/parameters/table';
import { type Parsed, parse } from '../contract/parse';
import { type Query, readQuery } from '../contract/query';
import { type CropParams, resolve, resolveCacheQuery } from '../contract/resolve';
import type { FunctionSettings, MissingPicture, TypeSettings } from '../contract/settings';
import type { OutputFormat } from './plan/encoding-types';
import type { Outcome } from './response/outcome';
import { locate, type ObjectLocation } from './source/locate';

/** What the query of a request says. */
export type Asked = { readonly query: Query } & (
  | { readonly parsed: Extract<Parsed, { kind: 'crop' }>; readonly params: CropParams }
  | { readonly parsed: Exclude<Parsed, { kind: 'crop' }>; readonly params?: undefined }
);

/** Reads the query once for all steps. */
export function readAsked(querystring: string, settings: FunctionSettings): Asked {
  const query = readQuery(querystring);
  const parsed = parse(query, settings.types, true);
  if (parsed.kind !== 'crop') return { query, parsed };
  // Without a version it comes straight from a viewer, and the type is not expanded yet.
  const isCacheQuery = query[VERSION] !== undefined;
  const params = isCacheQuery ? resolveCacheQuery(parsed.request) : resolve(parsed.request, settings);
  return { query, parsed, params };
}

/** What is to be done: an outcome that needs no picture, or a crop. */
export type Classified =
  | Outcome
  | { readonly kind: 'crop'; readonly params: CropParams; readonly location: ObjectLocation }
  | {
      readonly kind: 'crop-missing';
      readonly params: CropParams;
      /** Of the object that is not there. */
      readonly location: ObjectLocation;
      readonly missing: MissingPicture;
    };

/** Decides everything that needs no picture. */
export function classifyRequest(
  settings: FunctionSettings,
  request: CloudFrontRequest,
  asked: Asked,
  response: CloudFrontResultResponse,
): Classified {
  if (isListing(request)) return { kind: 'bucket-listing' };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'pass-through' };
  if (settings.signing && request.querystring !== '' && !isOurs(asked.query)) return { kind: 'unchecked' };
  if (asked.params === undefined) {
    if (asked.parsed.kind === 'bad') return asked.parsed;
    return settings.originals === 'deny' ? { kind: 'denied' } : { kind: 'pass-through' };
  }
  const { parsed, params } = asked;
  const { t } = parsed.request;
  const locked = lockedParameter(parsed.request, settings.types[t] as TypeSettings);
  if (locked !== undefined) return { kind: 'bad', bad: { parameter: locked, lockedBy: t } };
  const located = locate(request);
  if (located.kind === 'bad') return located;
  if (response.status === '304') return { kind: 'not-modified' };
  const { missing } = settings;
  // A 403 is no missing object: S3 says 404 where it may be listed, and who deploys us has given that right.
  const isPicture = request.method === 'GET' && params.format !== 'json';
  if (response.status === '404' && missing && isPicture && located.kind === 'object') {
    return { kind: 'crop-missing', params, location: located.location, missing };
  }
  if (response.status !== '200' && response.status !== '206') return { kind: 'pass-through' };
  if (request.method === 'HEAD') {
    const { format } = params;
    return {
      kind: 'head',
      format: format?.startsWith('auto') ? undefined : (format as OutputFormat | 'json'),
    };
  }
  if (located.kind === 'not-s3') {
    return { kind: 'fallback', reason: 'internal', detail: 'the origin is not an S3 bucket' };
  }
  return { kind: 'crop', params, location: located.location };
}

/** Whether the viewer-request function wrote the query, in this version or another: what got round it has no version. */
function isOurs(query: Query): boolean {
  const versions = query[VERSION] ?? [];
  return versions.length === 1 && /^[0-9a-f]{8}$/.test(versions[0] as string);
}

/**
 * The permission to list makes S3 answer 404 for a missing object. Where a distribution has no default root object, it
 * would also make `/` a listing of the bucket.
 */
function isListing(request: CloudFrontRequest): boolean {
  return request.uri === '/' && request.origin?.s3 !== undefined && request.origin.s3.path === '';
}
