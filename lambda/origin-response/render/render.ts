import type { FunctionSettings } from '../../contract/settings';
import type { RawPixels } from '../plan/border';
import { outputSize, type Size } from '../plan/geometry/geometry';
import type { RenderPlan } from '../plan/render-plan';
import { traitsOf } from '../plan/traits';
import type { Original } from '../prepare/original';
import { detach } from '../source/body-memory';
import { drawn, inColours, isDrawnByFrame } from './compose';
import { encode, isSettable, readTiming, settable } from './encode';
import { inspect } from './inspect';
import { loadSharp, type SharpModule } from './load-sharp';
import { createOverlays, type Overlays } from './mark';
import { type FailOn, openOriginal, tolerating } from './open';
import type { Picture, Renderer } from './picture';
import { sample } from './sample';

/**
 * Renders with sharp, which is loaded when the first picture needs it.
 *
 * @param types have the watermarks
 */
export function createSharpRenderer(types: FunctionSettings['types'] = {}): Renderer {
  let loading: Promise<SharpModule> | undefined;
  const sharp = () => {
    // What has failed to load may load the next time.
    loading ??= loadSharp().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const overlay = createOverlays(types);
  return {
    load: sharp,
    inspect: async (original) => inspect(await sharp(), original),
    copy: async (original, size, frames) => copy(await sharp(), original, size, frames),
    draw: async (original, plan, keepPixels) => draw(await sharp(), original, plan, keepPixels, overlay),
    sample: async (original, plan) => sample(await sharp(), original, plan, overlay),
  };
}

async function draw(
  sharp: SharpModule,
  original: Original,
  plan: RenderPlan,
  keepPixels: boolean,
  overlay: Overlays,
): Promise<Picture> {
  const open = (failOn: FailOn) => openOriginal(sharp, original, plan, failOn);
  // libvips counts the delays of all frames from the first one of the file.
  const setsTiming = isDrawnByFrame(plan) || original.skippedFrames > 0;
  const readsTiming = plan.frames > 1 && (keepPixels || setsTiming);
  const timing = readsTiming ? await readTiming(open('error'), original.skippedFrames) : {};
  // Without sharp setting them, delays come through as they are.
  if (!keepPixels || !(setsTiming || isSettable(timing))) {
    const set = setsTiming ? settable(timing) : {};
    return {
      encode: (encoding) =>
        tolerating(original, async (failOn) =>
          encode(await drawn(sharp, await open(failOn), plan, overlay), encoding, set),
        ),
      release: () => {},
    };
  }
  const { data, info } = await tolerating(original, async (failOn) =>
    (await drawn(sharp, await open(failOn), plan, overlay)).raw().toBuffer({ resolveWithObject: true }),
  );
  // Not sharp's own size: after `extend` it is the size before.
  const { width, height } = outputSize(plan);
  const raw = {
    width,
    height: height * plan.frames,
    channels: info.channels,
    ...(plan.frames > 1 && { pageHeight: height }),
  };
  return {
    ...(plan.frames === 1 && { traits: traitsOf({ ...raw, data }, plan.encoding.format) }),
    encode: (encoding) => {
      const pixels = sharp(data, { raw, limitInputPixels: false });
      return encode(inColours(pixels, plan), encoding, settable(timing));
    },
    release: () => detach(data),
  };
}

/** Without overshoot at edges, which a border would begin with. */
async function copy(
  sharp: SharpModule,
  original: Original,
  { width, height }: Size,
  frames: number,
): Promise<RawPixels> {
  const { data, info } = await tolerating(original, async (failOn) =>
    (await openOriginal(sharp, original, { frames, channels: 'stored' }, failOn))
      .resize(width, height, { fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  return { data, width, height, frames, channels: info.channels };
}
