import type { CloudFrontResultResponse } from 'aws-lambda';
import sharp from 'sharp';
import { REASONS, type Reason } from '../../lambda/origin-response/failure/reason';
import { createHandler, type Handler } from '../../lambda/origin-response/handler';
import { createLibheifDecoder } from '../../lambda/origin-response/heic/libheif';
import { createSharpRenderer } from '../../lambda/origin-response/render/render';
import { bodyOf, originResponseEvent, plainHeaders } from '../support/events';
import { LIBHEIF_FOLDER } from '../support/heic';
import { functionSettings } from '../support/settings';
import { createInputs, type FuzzInput } from './inputs';

export interface FuzzReport {
  readonly runs: number;
  /** Answers by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Inputs whose answer broke a rule, and which. */
  readonly violations: readonly { readonly run: number; readonly rule: string; readonly input: FuzzInput }[];
}

/** Asks the handler for the same inputs for the same seed, and holds each answer to the table. */
export async function fuzz(runs: number, seed: number): Promise<FuzzReport> {
  const outcomes: Record<string, number> = {};
  const violations: FuzzReport['violations'][number][] = [];
  let run = 0;
  for await (const input of createInputs(runs, seed)) {
    const { outcome, broken } = await judge(input);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    for (const rule of broken) violations.push({ run, rule, input });
    run++;
  }
  return { runs, outcomes, violations };
}

const renderer = createSharpRenderer();
const heic = createLibheifDecoder(LIBHEIF_FOLDER);

function handlerFor(input: FuzzInput): Handler {
  return createHandler({
    settings: functionSettings({ heic: true }),
    fetch: async () => ({ kind: 'bytes', bytes: input.bytes }),
    renderer,
    heic,
    log: (entry) => JSON.stringify(entry),
  });
}

/** Runs one input and names the rules that its answer breaks. */
export async function judge(input: FuzzInput): Promise<{ outcome: string; broken: readonly string[] }> {
  try {
    const event = originResponseEvent(input.event);
    const received = event.Records[0]?.cf.response;
    const response = await handlerFor(input)(event, { getRemainingTimeInMillis: () => 30_000 });
    const broken = response === received ? [] : ['the received response is changed in place'];
    return { outcome: outcomeOf(response), broken: [...broken, ...(await brokenRules(response, input))] };
  } catch (error) {
    return { outcome: 'thrown', broken: [`never throws: ${error}`] };
  }
}

function outcomeOf(response: CloudFrontResultResponse): string {
  const status = plainHeaders(response)['crop-status'];
  return status === undefined
    ? `untouched ${response.status}`
    : (status.replace(/^rendered;.*/, 'rendered').split('parameter')[0] ?? '');
}

async function brokenRules(response: CloudFrontResultResponse, input: FuzzInput): Promise<readonly string[]> {
  const headers = plainHeaders(response);
  const status = headers['crop-status'] ?? '';
  const size = (response.body ?? '').length + JSON.stringify(headers).length;
  const broken: string[] = [];
  const rule = (name: string, holds: boolean) => {
    if (!holds) broken.push(name);
  };
  rule('within 1,048,576 bytes', size <= 1_048_576);
  rule('read-only headers stay', headers.via !== undefined && headers['transfer-encoding'] !== undefined);
  const reason = /^original;reason=([a-z-]+)$/.exec(status)?.[1];
  if (reason !== undefined && reason !== 'smaller') {
    const isPermanent = REASONS[reason as Reason]?.outlook === 'permanent';
    rule('a listed reason', reason in REASONS);
    rule('a fallback is never revalidated', !('etag' in headers) && !('last-modified' in headers));
    rule(
      'a fallback is cached as listed',
      headers['cache-control'] === (isPermanent ? 'public, max-age=3600' : 'no-store'),
    );
    rule('a fallback has no body of ours', response.body === undefined);
    rule('no mistake of ours', reason !== 'internal');
  }
  if (status.startsWith('rendered')) {
    rule('a variant describes its own body', !('content-length' in headers) && !('content-range' in headers));
    const isOther = input.event.querystring?.includes('v=ffffffff');
    rule('a variant keeps its validators, unless it is of another version', 'etag' in headers === !isOther);
    rule('a variant is whole', response.status === '200');
    broken.push(...(await brokenPicture(response, status)));
  }
  if (status.startsWith('bad')) {
    rule('a 400 is one line', /^[a-z]+: got ".*", allowed: .+\n$/.test(response.body ?? ''));
    rule(
      'a 400 is cached for a minute',
      response.status === '400' && headers['cache-control'] === 'max-age=60',
    );
  }
  return broken;
}

async function brokenPicture(response: CloudFrontResultResponse, status: string): Promise<readonly string[]> {
  const type = plainHeaders(response)['content-type'];
  const { width, height, format, exif, icc } = await sharp(bodyOf(response)).metadata();
  const said = `${type} ${/size=(\d+x\d+)/.exec(status)?.[1]}`;
  const is = `image/${format === 'heif' ? 'avif' : format} ${width}x${height}`;
  return [
    ...(said === is ? [] : [`a variant is what it says: ${said} is ${is}`]),
    ...(Math.max(width, height) <= 4096 ? [] : ['no side over 4096']),
    ...(exif === undefined && icc === undefined ? [] : ['no metadata']),
  ];
}
