import { iccProfile } from '../colour/icc-profile';
import { readHeifItems } from '../containers/heif-items';
import type { Deadline } from '../failure/deadline';
import { OutOfTime } from '../failure/deadline';
import type { RenderPlan } from '../plan/render-plan';
import type { Original } from '../prepare/original';
import { codedColours } from '../prepare/prepare-avif';
import type { SourceImage } from '../source/source-image';
import type { HeicDecoder } from './heic-decoder';
import { chooseHeicItem, decodeMilliseconds, LONGEST_DECODE } from './heic-item';
import { readHeicLayout } from './heic-layout';
import { encodeTiff } from './tiff';

export type DecodedHeic =
  | { readonly kind: 'decoded'; readonly original: Original }
  | {
      readonly kind: 'refused';
      readonly reason: 'source-pixels' | 'undecodable';
      readonly detail: string;
    };

/**
 * Decodes the smallest picture in a HEIC that the plan needs.
 *
 * @throws OutOfTime where the decoder might take longer than the time left; what does not decode rejects
 */
export async function decodeHeic(
  decoder: HeicDecoder,
  { bytes }: Original,
  source: SourceImage,
  plan: RenderPlan,
  deadline: Deadline,
): Promise<DecodedHeic> {
  const layout = readHeicLayout(bytes);
  const items = readHeifItems(bytes);
  if (layout === undefined || items === undefined) {
    return { kind: 'refused', reason: 'undecodable', detail: 'a HEIC without items' };
  }
  const item = chooseHeicItem(layout, source, plan.scaled);
  const milliseconds = item === 'thumbnail' ? 0 : decodeMilliseconds(layout, source);
  if (milliseconds > LONGEST_DECODE) {
    const detail = `decoding may take ${milliseconds.toFixed()} of ${LONGEST_DECODE} ms`;
    return { kind: 'refused', reason: 'source-pixels', detail };
  }
  if (milliseconds > deadline.remaining()) throw new OutOfTime();
  const coded = codedColours(bytes, items);
  return decoder.decode(bytes, item, (pixels) => ({
    kind: 'decoded',
    original: {
      bytes: encodeTiff(pixels, pixels.profile ?? (coded && iccProfile(coded, 'rgb'))),
      format: 'tiff',
      isChanged: true,
      skippedFrames: 0,
      isPremultiplied: pixels.isPremultiplied,
    },
  }));
}
