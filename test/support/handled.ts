import type { CloudFrontResultResponse } from 'aws-lambda';
import { createHandler } from '../../lambda/origin-response/handler';
import { createLibheifDecoder } from '../../lambda/origin-response/heic/libheif';
import type { LogEntry } from '../../lambda/origin-response/log';
import { createSharpRenderer } from '../../lambda/origin-response/render/render';
import type { CroppingOptions } from '../../lib/configuration/options';
import { bodyOf, type EventOptions, originResponseEvent, plainHeaders } from './events';
import { LIBHEIF_FOLDER } from './heic';
import { functionSettings } from './settings';

const renderer = createSharpRenderer();
const heic = createLibheifDecoder(LIBHEIF_FOLDER);

/** What the function makes of one original. */
export interface Handled {
  readonly response: CloudFrontResultResponse;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where S3's own body goes out. */
  readonly image: Buffer;
  readonly log: readonly LogEntry[];
}

/** Asks the function for a crop of these bytes, as S3 would hold them. */
export async function handled(
  bytes: Buffer,
  querystring: string,
  options: CroppingOptions = {},
  event: EventOptions & { readonly contentEncoding?: string } = {},
  bodyLimit?: number,
): Promise<Handled> {
  const log: LogEntry[] = [];
  const settings = functionSettings(options);
  const handler = createHandler({
    settings,
    fetch: async () => ({ kind: 'bytes', bytes }),
    renderer,
    ...(settings.heic && { heic }),
    log: (entry) => log.push(entry),
  });
  const response = await handler(originResponseEvent({ ...event, querystring }), {
    getRemainingTimeInMillis: () => 30_000,
    ...(bodyLimit !== undefined && { bodyLimit }),
  });
  return { response, headers: plainHeaders(response), image: bodyOf(response), log };
}
