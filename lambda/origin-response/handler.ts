import type {
  CloudFrontHeaders,
  CloudFrontRequest,
  CloudFrontResponseEvent,
  CloudFrontResultResponse,
} from 'aws-lambda';
import { TYPE, VERSION } from '../contract/parameters/table';
import type { FunctionSettings } from '../contract/settings';
import { versionOf } from '../contract/version';
import type { Adapters } from './adapters';
import { type Asked, type Classified, classifyRequest, readAsked } from './classify';
import { crop } from './crop';
import { createDeadline, type Deadline, OutOfTime, within } from './failure/deadline';
import { createLogEntry } from './log';
import { cropMissing } from './missing';
import type { Outcome } from './response/outcome';
import { respond } from './response/respond';
import { createHeldFetch } from './source/held-original';
import { locate } from './source/locate';

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

/** Handles a request: parse → classify → crop → respond. Never rejects: CloudFront would answer 503. */
export function createHandler(adapters: Adapters): Handler {
  return async (event, context) => {
    // CloudFront always sends one record.
    const { request, response } = (event.Records[0] as CloudFrontResponseEvent['Records'][number]).cf;
    const started = performance.now();
    const deadline = createDeadline(() => context.getRemainingTimeInMillis());
    const fetch = context.original ? createHeldFetch(context.original) : adapters.fetch;
    const { settings } = adapters;
    const asked = readAsked(request.querystring, settings);
    const classify = () => classifyRequest(settings, request, asked, response);
    const outcome = await determineOutcome(
      { ...adapters, fetch },
      classify,
      response.headers ?? {},
      deadline,
      context.bodyLimit,
    );
    const entry = createLogEntry(request, outcome, performance.now() - started, Date.now(), settings);
    if (entry !== undefined) adapters.log(entry);
    return respond(response, outcome, {
      ttl: settings.ttl,
      onFailure: settings.onFailure,
      savedKey: savedKey(asked, request),
      isVersionMismatch: isVersionMismatch(settings, asked),
    });
  };
}

/** The key that browsers are to save, where the crop asks for that. */
function savedKey({ params }: Asked, request: CloudFrontRequest): string | undefined {
  if (!params?.download) return undefined;
  const located = locate(request);
  return located.kind === 'object' ? located.location.key : undefined;
}

/** A query without a version comes straight from a viewer: no viewer-request function is attached. */
function isVersionMismatch(settings: FunctionSettings, { query, parsed }: Asked): boolean {
  const v = query[VERSION]?.[0];
  // The type as it was decoded: `t=%41` is `A`.
  const t = parsed.kind === 'crop' ? parsed.request.t : (query[TYPE.name]?.[0] ?? '');
  // A type that only the other version knows is one more difference.
  return v !== undefined && (!Object.hasOwn(settings.types, t) || v !== versionOf(t, settings));
}

async function determineOutcome(
  adapters: Adapters,
  classify: () => Classified,
  headers: CloudFrontHeaders,
  deadline: Deadline,
  bodyLimit: number | undefined,
): Promise<Outcome> {
  let isJson = false;
  try {
    const classified = classify();
    if (classified.kind !== 'crop' && classified.kind !== 'crop-missing') return classified;
    const { params, location } = classified;
    isJson = params.format === 'json';
    const task = { params, location, headers, deadline, bodyLimit };
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

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
