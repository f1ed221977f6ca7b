import type {
  CloudFrontHeaders,
  CloudFrontRequest,
  CloudFrontResponseEvent,
  CloudFrontResultResponse,
} from 'aws-lambda';
import type { CropRequest } from '../contract/crop-request';
import { VERSION } from '../contract/parameters/table';
import { parse } from '../contract/parse';
import { readQuery } from '../contract/query';
import { resolve } from '../contract/resolve';
import type { FunctionSettings } from '../contract/settings';
import { createDeadline, type Deadline, OutOfTime, within } from './failure/deadline';
import { createLogEntry, type Log } from './log';
import type { OutputFormat } from './plan/encoding-settings';
import { isSamePicture, plan } from './plan/plan';
import type { RenderPlan } from './plan/render-plan';
import { fit } from './render/fit';
import type { Renderer } from './render/picture';
import { maxImageBytes } from './response/image-limit';
import type { Outcome } from './response/outcome';
import { respond } from './response/respond';
import type { Fetch } from './source/fetch';
import { createHeldFetch } from './source/held-original';
import { locate, type ObjectLocation } from './source/locate';
import { sniff } from './source/sniff';

/** The settings, and the handler's connections to S3, sharp and the log. */
export interface Adapters {
  readonly settings: FunctionSettings;
  readonly fetch: Fetch;
  readonly renderer: Renderer;
  readonly log: Log;
}

/** The part of Lambda's context that we use. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
  /**
   * The original that the event's response came with, where the edge on one machine has read it.
   *
   * @default - the function reads S3
   */
  readonly original?: Buffer;
}

export type Handler = (
  event: CloudFrontResponseEvent,
  context: InvocationContext,
) => Promise<CloudFrontResultResponse>;

/** Handles a request: parse → fetch → plan → render → fit → respond. Never rejects: CloudFront would answer 503. */
export function createHandler(adapters: Adapters): Handler {
  return async (event, context) => {
    // CloudFront always sends one record.
    const { request, response } = (event.Records[0] as CloudFrontResponseEvent['Records'][number]).cf;
    const started = performance.now();
    const deadline = createDeadline(() => context.getRemainingTimeInMillis());
    const fetch = context.original ? createHeldFetch(context.original) : adapters.fetch;
    const outcome = await determineOutcome({ ...adapters, fetch }, request, response, deadline);
    const entry = createLogEntry(request, outcome, performance.now() - started, Date.now());
    if (entry !== undefined) adapters.log(entry);
    const { ttl, onFailure, v } = adapters.settings;
    return respond(response, outcome, {
      ttl,
      onFailure,
      isVersionMismatch: isVersionMismatch(v, request.querystring),
    });
  };
}

/** A query without a version comes straight from a viewer: no viewer-request function is attached. */
function isVersionMismatch(v: string, querystring: string): boolean {
  const named = readQuery(querystring).find(({ name }) => name === VERSION);
  return named !== undefined && named.value !== v;
}

async function determineOutcome(
  adapters: Adapters,
  request: CloudFrontRequest,
  response: CloudFrontResultResponse,
  deadline: Deadline,
): Promise<Outcome> {
  try {
    const classified = classify(adapters.settings, request, response);
    if (classified.kind !== 'crop') return classified;
    const { request: wanted, location } = classified;
    return await within(deadline, crop(adapters, wanted, location, response.headers ?? {}, deadline));
  } catch (error) {
    const reason = error instanceof OutOfTime ? 'out-of-time' : 'internal';
    return { kind: 'fallback', reason, detail: describe(error) };
  }
}

type Classified =
  | Outcome
  | { readonly kind: 'crop'; readonly request: CropRequest; readonly location: ObjectLocation };

/** Decides everything that needs no picture. */
function classify(
  settings: FunctionSettings,
  request: CloudFrontRequest,
  response: CloudFrontResultResponse,
): Classified {
  if (isListing(request)) return { kind: 'bucket-listing' };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'pass-through' };
  const parsed = parse(readQuery(request.querystring), settings.types, true);
  if (parsed.kind === 'original')
    return settings.originals === 'deny' ? { kind: 'denied' } : { kind: 'pass-through' };
  if (parsed.kind === 'bad') return parsed;
  const located = locate(request);
  if (located.kind === 'bad') return located;
  if (response.status === '304') return { kind: 'not-modified' };
  if (response.status !== '200' && response.status !== '206') return { kind: 'pass-through' };
  if (request.method === 'HEAD') {
    const { format } = resolve(parsed.request, settings);
    return { kind: 'head', format: format?.startsWith('auto') ? undefined : (format as OutputFormat) };
  }
  if (located.kind === 'not-s3') {
    return { kind: 'fallback', reason: 'internal', detail: 'the origin is not an S3 bucket' };
  }
  return { kind: 'crop', request: parsed.request, location: located.location };
}

/**
 * The permission to list makes S3 answer 404 for a missing object. Where a distribution has no default root object, it
 * would also make `/` a listing of the bucket.
 */
function isListing(request: CloudFrontRequest): boolean {
  return request.uri === '/' && request.origin?.s3 !== undefined && request.origin.s3.path === '';
}

async function crop(
  { settings, fetch, renderer }: Adapters,
  request: CropRequest,
  location: ObjectLocation,
  headers: CloudFrontHeaders,
  deadline: Deadline,
): Promise<Outcome> {
  const started = performance.now();
  const etag = headers.etag?.[0]?.value;
  // Loading blocks the thread, so on a cold start it begins once the request for the original has been sent.
  // A failure is reported below, where loading is awaited.
  const onSent = () => void renderer.load().catch(() => {});
  const fetched = await fetch({ location, etag, maxBytes: settings.limits.sourceBytes, deadline, onSent });
  if (fetched.kind === 'failed') return { ...fetched, kind: 'fallback' };
  const fetchedAt = performance.now();

  const { bytes } = fetched;
  const format = sniff(bytes);
  if (format === undefined) {
    return settings.originals === 'deny'
      ? { kind: 'fallback', reason: 'not-cropped', detail: 'no signature of a format that we crop' }
      : { kind: 'pass-through' };
  }

  // Outside the `try`, which blames the picture: a renderer that does not load may load the next time.
  await renderer.load();
  try {
    const source = await renderer.inspect(bytes, format);
    const planned = plan(resolve(request, settings), source, settings);
    if (planned.kind === 'refuse') return { ...planned, kind: 'fallback' };

    const limit = maxImageBytes(headers, settings.bodyLength);
    const draw = (attempt: RenderPlan, keepPixels: boolean) => renderer.draw(bytes, attempt, keepPixels);
    const fitted = await fit(planned.plan, limit, draw, deadline);
    if (fitted.kind === 'none') return { ...fitted, kind: 'fallback', plan: planned.plan };

    const { image } = fitted;
    const isNoGain =
      settings.originals === 'allow' &&
      source.isClean &&
      isSamePicture(image.plan, source) &&
      image.bytes.length >= bytes.length;
    if (isNoGain) return { kind: 'original-is-smaller' };
    const work = {
      fetch: fetchedAt - started,
      render: performance.now() - fetchedAt,
      sourceBytes: bytes.length,
    };
    return { kind: 'rendered', image, work };
  } catch (error) {
    return { kind: 'fallback', reason: 'undecodable', detail: describe(error) };
  } finally {
    // After the last render, which may end long after the deadline.
    fetched.release?.();
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
