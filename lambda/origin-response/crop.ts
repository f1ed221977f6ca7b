import type { CloudFrontHeaders } from 'aws-lambda';
import type { CropParams } from '../contract/resolve';
import type { FunctionSettings } from '../contract/settings';
import type { Adapters } from './adapters';
import { describe as describeCrop } from './description/describe';
import { samplePlan } from './description/sample-plan';
import { type Deadline, OutOfTime } from './failure/deadline';
import { reasonOfRenderFailure } from './failure/render-failure';
import { decodeHeic } from './heic/decode-heic';
import { copySize, withinBorder } from './plan/border';
import { trimMilliseconds } from './plan/finish-cost';
import type { Window } from './plan/geometry/geometry';
import { swapSides, turnWindow } from './plan/geometry/orientation';
import { isSamePicture, plan } from './plan/plan';
import type { RenderPlan } from './plan/render-plan';
import type { Original } from './prepare/original';
import { prepare } from './prepare/prepare';
import { fit } from './render/fit';
import type { Renderer } from './render/picture';
import { maxImageBytes } from './response/image-limit';
import type { Outcome } from './response/outcome';
import { detach } from './source/body-memory';
import { decodeContent } from './source/content-encoding';
import { readFocus } from './source/focus';
import { foreignType } from './source/foreign-type';
import type { ObjectLocation } from './source/locate';
import { sniff } from './source/sniff';
import type { SourceFormat, SourceImage } from './source/source-image';

/** What is asked of which original. */
export interface CropTask {
  readonly params: CropParams;
  readonly location: ObjectLocation;
  /** Of S3's response. */
  readonly headers: CloudFrontHeaders;
  readonly deadline: Deadline;
  /** The largest response in bytes; undefined for CloudFront's limit. */
  readonly bodyLimit: number | undefined;
}

/** Makes the variant: fetch → undo the content encoding → sniff → prepare → inspect → plan → decode a HEIC → fit. */
export async function crop(adapters: Adapters, task: CropTask): Promise<Outcome> {
  const { settings, fetch, renderer } = adapters;
  const { location, headers, deadline } = task;
  const started = performance.now();
  const { sourceBytes: maxBytes } = settings.limits;
  const etag = headers.etag?.[0]?.value;
  // Loading blocks the thread, so on a cold start it begins once the request for the original has been sent.
  // A failure is reported where loading is awaited.
  const onSent = () => void renderer.load().catch(() => {});
  const fetched = await fetch({ location, etag, maxBytes, deadline, onSent });
  if (fetched.kind === 'failed') return { ...fetched, kind: 'fallback' };
  const arrived = performance.now();
  try {
    const decoded = await decodeContent(fetched.bytes, headers['content-encoding']?.[0]?.value, maxBytes);
    if (decoded.kind === 'failed') return { ...decoded, kind: 'fallback' };
    const { bytes } = decoded;
    const format = sniff(bytes);
    if (format === undefined) return notCropped(settings, 'not-cropped', foreignType(bytes));
    if (format === 'heic' && adapters.heic === undefined) return notCropped(settings, 'not-cropped', format);
    // A renderer that does not load may load the next time, so the picture is not blamed.
    await renderer.load();
    const stored = { bytes, format, length: fetched.bytes.length };
    return await render(adapters, task, stored, { fetch: arrived - started, arrived });
  } finally {
    // After the last render, which may end long after the deadline.
    fetched.release?.();
  }
}

interface Stored {
  readonly bytes: Buffer;
  readonly format: SourceFormat;
  /** Bytes of the object, as it is stored. */
  readonly length: number;
}

async function render(
  { settings, renderer, heic }: Adapters,
  { params, headers, deadline, bodyLimit }: CropTask,
  { bytes, format, length }: Stored,
  times: { readonly fetch: number; readonly arrived: number },
): Promise<Outcome> {
  try {
    const prepared = prepare(bytes, format);
    if (prepared.kind === 'refused') {
      const { reason } = prepared;
      if (reason === 'animated-png') return notCropped(settings, reason, 'apng');
      return { ...prepared, kind: 'fallback', format };
    }
    const source = await renderer.inspect(prepared.original);
    const focus = readFocus(headers);
    const planned = plan(params, source, settings, { focus: focus.point });
    if (planned.kind === 'refuse') return { ...planned, kind: 'fallback', format };

    const readable =
      heic !== undefined && format === 'heic'
        ? await decodeHeic(heic, prepared.original, source, neededOf(planned.plan, params, source), deadline)
        : prepared;
    if (readable.kind === 'refused') return { ...readable, kind: 'fallback', format };

    const { original } = readable;
    const final =
      params.trim === undefined
        ? planned
        : plan(params, source, settings, {
            focus: focus.point,
            trimmed: await findContent(
              renderer,
              original,
              source,
              params.trim,
              planned.plan.frames,
              deadline,
            ),
          });
    if (final.kind === 'refuse') return { ...final, kind: 'fallback', format };
    if (params.format === 'json') {
      const sample = await renderer.sample(original, samplePlan(final.plan));
      const position = params.position ?? focus.point;
      const isSourceShown = settings.originals === 'allow';
      const described = { plan: final.plan, source, length, position, isSourceShown };
      return { kind: 'described', description: describeCrop(described, sample) };
    }
    const limit = maxImageBytes(headers, settings.bodyLength, bodyLimit);
    const draw = (attempt: RenderPlan, keepPixels: boolean) => renderer.draw(original, attempt, keepPixels);
    const fitted = await fit(final.plan, limit, draw, deadline);
    // A copy that was made to be read right.
    if (original.bytes.buffer !== bytes.buffer) detach(original.bytes);
    if (fitted.kind === 'none') return { ...fitted, kind: 'fallback', format, plan: final.plan };

    const { image } = fitted;
    const isNoGain =
      settings.originals === 'allow' &&
      source.isClean &&
      isSamePicture(image.plan, source) &&
      image.bytes.length >= length;
    if (isNoGain) return { kind: 'original-is-smaller', format };
    const work = {
      fetch: times.fetch,
      render: performance.now() - times.arrived,
      sourceBytes: bytes.length,
      ...(focus.ignored !== undefined && { ignoredFocus: focus.ignored }),
    };
    return { kind: 'rendered', image, work };
  } catch (error) {
    if (error instanceof OutOfTime) throw error;
    return { kind: 'fallback', reason: reasonOfRenderFailure(error), detail: describe(error), format };
  }
}

/** The size that a HEIC is needed in, before it is turned: in full where its border is not known yet. */
function neededOf(planned: RenderPlan, { trim }: CropParams, source: SourceImage): RenderPlan {
  const scaled = trim === undefined ? swapSides(planned.scaled, planned.orientation) : source;
  return { ...planned, scaled };
}

/**
 * What is within the border of a picture, on a small copy of it.
 *
 * @returns undefined where there is no border, or nothing else
 * @throws OutOfTime where decoding the picture twice might take longer than the time left
 */
async function findContent(
  renderer: Renderer,
  original: Original,
  source: SourceImage,
  tolerance: number,
  frames: number,
  deadline: Deadline,
): Promise<Window | undefined> {
  if (trimMilliseconds(source.width * source.height * frames) > deadline.remaining()) throw new OutOfTime();
  const stored = swapSides(source, source.orientation);
  const copy = await renderer.copy(original, copySize(stored), frames);
  const content = withinBorder(copy, stored, tolerance);
  return content && turnWindow(content, stored, source.orientation);
}

/** Where originals are denied, S3's bytes do not go out whatever they are. */
function notCropped(
  settings: FunctionSettings,
  reason: 'not-cropped' | 'animated-png',
  type: string,
): Outcome {
  return settings.originals === 'deny'
    ? { kind: 'fallback', reason, detail: `it is ${type}` }
    : { kind: 'not-cropped', reason, type };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
