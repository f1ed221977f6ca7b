import type { CloudFrontRequest, CloudFrontResponseEvent, CloudFrontResultResponse } from 'aws-lambda';
import { lockedParameter } from '../contract/locked';
import { TYPE, VERSION } from '../contract/parameters/table';
import { parse } from '../contract/parse';
import { type QueryPair, readQuery, valuesOf } from '../contract/query';
import { type CropParams, resolve, resolveCacheQuery } from '../contract/resolve';
import type { FunctionSettings, MissingPicture, TypeSettings } from '../contract/settings';
import { versionOf } from '../contract/version';
import type { Adapters } from './adapters';
import { crop } from './crop';
import { createDeadline, type Deadline, OutOfTime, within } from './failure/deadline';
import { createLogEntry } from './log';
import { cropMissing } from './missing';
import type { OutputFormat } from './plan/encoding-types';
import type { Outcome } from './response/outcome';
import { respond } from './response/respond';
import { createHeldFetch } from './source/held-original';
import { locate, type ObjectLocation } from './source/locate';

/** The part of Lambda's context that we use. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
  /**
   * The original that the event's response came with, where the edge on one machine has read it.
   *
   * @default - the function reads S3
   */
  readonly original?: Buffer;
  /**
   * The largest response in bytes, headers included, where no CloudFront stands behind the function.
   *
   * @default - CloudFront's limit
   */
  readonly bodyLimit?: number;
}

export type Handler = (
  event: CloudFrontResponseEvent,
  context: InvocationContext,
) => Promise<CloudFrontResultResponse>;

/** Handles a request: parse → crop → respond. Never rejects: CloudFront would answer 503. */
export function createHandler(adapters: Adapters): Handler {
  return async (event, context) => {
    // CloudFront always sends one record.
    const { request, response } = (event.Records[0] as CloudFrontResponseEvent['Records'][number]).cf;
    const started = performance.now();
    const deadline = createDeadline(() => context.getRemainingTimeInMillis());
    const fetch = context.original ? createHeldFetch(context.original) : adapters.fetch;
    const outcome = await determineOutcome(
      { ...adapters, fetch },
      request,
      response,
      deadline,
      context.bodyLimit,
    );
    const entry = createLogEntry(
      request,
      outcome,
      performance.now() - started,
      Date.now(),
      adapters.settings,
    );
    if (entry !== undefined) adapters.log(entry);
    const { ttl, onFailure } = adapters.settings;
    return respond(response, outcome, {
      ttl,
      onFailure,
      savedKey: savedKey(adapters.settings, request),
      isVersionMismatch: isVersionMismatch(adapters.settings, request.querystring),
    });
  };
}

/** The key that browsers are to save, where the crop asks for that. */
function savedKey(settings: FunctionSettings, request: CloudFrontRequest): string | undefined {
  const parsed = parse(readQuery(request.querystring), settings.types, true);
  if (parsed.kind !== 'crop' || !resolve(parsed.request, settings).download) return undefined;
  const located = locate(request);
  return located.kind === 'object' ? located.location.key : undefined;
}

/** A query without a version comes straight from a viewer: no viewer-request function is attached. */
function isVersionMismatch(settings: FunctionSettings, querystring: string): boolean {
  const query = readQuery(querystring);
  const [v] = valuesOf(query, VERSION);
  const parsed = parse(query, settings.types, true);
  // The type as it was decoded: `t=%41` is `A`.
  const t = parsed.kind === 'crop' ? parsed.request.t : (valuesOf(query, TYPE.name)[0] ?? '');
  // A type that only the other version knows is one more difference.
  return v !== undefined && (!Object.hasOwn(settings.types, t) || v !== versionOf(t, settings));
}

async function determineOutcome(
  adapters: Adapters,
  request: CloudFrontRequest,
  response: CloudFrontResultResponse,
  deadline: Deadline,
  bodyLimit: number | undefined,
): Promise<Outcome> {
  let isJson = false;
  try {
    const classified = classify(adapters.settings, request, response);
    if (classified.kind !== 'crop' && classified.kind !== 'crop-missing') return classified;
    const { params, location } = classified;
    isJson = params.format === 'json';
    const task = { params, location, headers: response.headers ?? {}, deadline, bodyLimit };
    if (classified.kind === 'crop-missing') return await cropMissing(adapters, task, classified.missing);
    const outcome = await within(deadline, crop(adapters, task));
    return isJson ? inJson(outcome) : outcome;
  } catch (error) {
    const reason = error instanceof OutOfTime ? 'out-of-time' : 'internal';
    return { kind: 'fallback', reason, detail: describe(error), isJson };
  }
}

/** Whatever is not described is refused with its reason: S3's own bytes are no JSON. */
function inJson(outcome: Outcome): Outcome {
  if (outcome.kind === 'fallback') return { ...outcome, isJson: true };
  if (outcome.kind !== 'not-cropped') return outcome;
  return { kind: 'fallback', reason: outcome.reason, detail: `it is ${outcome.type}`, isJson: true };
}

type Classified =
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
function classify(
  settings: FunctionSettings,
  request: CloudFrontRequest,
  response: CloudFrontResultResponse,
): Classified {
  if (isListing(request)) return { kind: 'bucket-listing' };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'pass-through' };
  const query = readQuery(request.querystring);
  if (settings.signing && request.querystring !== '' && !isOurs(query)) return { kind: 'unchecked' };
  const parsed = parse(query, settings.types, true);
  if (parsed.kind === 'original')
    return settings.originals === 'deny' ? { kind: 'denied' } : { kind: 'pass-through' };
  if (parsed.kind === 'bad') return parsed;
  const { t } = parsed.request;
  const locked = lockedParameter(parsed.request, settings.types[t] as TypeSettings);
  if (locked !== undefined) return { kind: 'bad', bad: { parameter: locked, lockedBy: t } };
  // Without a version it comes straight from a viewer, and the type is not expanded yet.
  const isCacheQuery = valuesOf(query, VERSION).length > 0;
  const params = isCacheQuery ? resolveCacheQuery(parsed.request) : resolve(parsed.request, settings);
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
function isOurs(query: readonly QueryPair[]): boolean {
  const versions = valuesOf(query, VERSION);
  return versions.length === 1 && /^[0-9a-f]{8}$/.test(versions[0] as string);
}

/**
 * The permission to list makes S3 answer 404 for a missing object. Where a distribution has no default root object, it
 * would also make `/` a listing of the bucket.
 */
function isListing(request: CloudFrontRequest): boolean {
  return request.uri === '/' && request.origin?.s3 !== undefined && request.origin.s3.path === '';
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
