import type { RenderPlan } from '../plan/render-plan';
import type { Original } from '../prepare/original';
import type { Sharp, SharpModule } from './load-sharp';

/** What a decoder gives up at; `error` keeps a truncated picture from being shown with a grey half. */
export type FailOn = 'warning' | 'error';

export async function openOriginal(
  sharp: SharpModule,
  { bytes, skippedFrames, isPremultiplied }: Original,
  { frames, channels }: Pick<RenderPlan, 'frames' | 'channels'>,
  failOn: FailOn,
): Promise<Sharp> {
  // Not page 0, which would be the first tile of an AVIF that is a grid.
  const from = skippedFrames > 0 ? { page: skippedFrames } : {};
  const stored = sharp(bytes, { ...from, pages: frames, failOn, limitInputPixels: false });
  // libvips ignores that an AVIF is premultiplied; of raw pixels sharp can be told.
  if (isPremultiplied) return reopen(sharp, stored, { premultiplied: true });
  if (channels === 'srgb') return stored.pipelineColourspace('srgb');
  if (channels === 'grey') {
    return reopen(sharp, stored.withIccProfile('srgb', { attach: false }).toColourspace('b-w'));
  }
  return stored;
}

/** Goes on with the pixels. All of them are in memory then, so this is for rare pictures. */
export async function reopen(
  sharp: SharpModule,
  image: Sharp,
  said: { readonly premultiplied?: boolean } = {},
): Promise<Sharp> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels, ...said }, limitInputPixels: false });
}

/** Warnings of libjpeg about pictures that have all their rows. */
const HARMLESS =
  /extraneous bytes before marker|Invalid SOS parameters|unknown JFIF revision|Unknown Adobe color transform|Inconsistent progression sequence/;

/**
 * libjpeg only warns where a JPEG ends early, and fills the rest with grey. Warnings are errors at first, and those that
 * are harmless are tolerated at a second try.
 */
export async function tolerating<T>({ format }: Original, work: (failOn: FailOn) => Promise<T>): Promise<T> {
  if (format !== 'jpeg') return work('error');
  try {
    return await work('warning');
  } catch (error) {
    if (error instanceof Error && HARMLESS.test(error.message)) return work('error');
    throw error;
  }
}
