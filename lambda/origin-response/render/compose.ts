import { outputSize } from '../plan/geometry/geometry';
import { swapSides } from '../plan/geometry/orientation';
import type { RenderPlan } from '../plan/render-plan';
import type { Sharp, SharpModule } from './load-sharp';
import { marked, type Overlays } from './mark';
import { reopen } from './open';

/** The pipeline that makes the variant's pixels of the original. */
export async function drawn(
  sharp: SharpModule,
  stored: Sharp,
  plan: RenderPlan,
  overlay: Overlays,
): Promise<Sharp> {
  if (plan.frames > 1 && isDrawnByFrame(plan)) return drawnByFrame(sharp, stored, plan, overlay);
  const image = plan.orientation === 1 ? stored : await upright(sharp, stored, plan);
  const composed = await marked(sharp, finish(await compose(sharp, image, plan), plan), plan, overlay);
  const { background } = plan;
  return inColours(plan.encoding.format === 'jpeg' ? composed.flatten({ background }) : composed, plan);
}

/** Whether the frames of an animation are drawn one by one: libvips would turn and blur all of them as one picture. */
export function isDrawnByFrame({ orientation, blur, isSharpened }: RenderPlan): boolean {
  return orientation !== 1 || blur !== undefined || isSharpened;
}

async function drawnByFrame(
  sharp: SharpModule,
  stored: Sharp,
  plan: RenderPlan,
  overlay: Overlays,
): Promise<Sharp> {
  const { width, height } = swapSides(plan.scaled, plan.orientation);
  const { data, info } = await stored
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width, height, channels: info.channels };
  const length = width * height * info.channels;
  const frames: Buffer[] = [];
  let channels = info.channels;
  for (let start = 0; start < data.length; start += length) {
    const frame = sharp(data.subarray(start, start + length), { raw, limitInputPixels: false });
    const still = await drawn(sharp, frame, { ...plan, frames: 1 }, overlay);
    const image = await still.raw().toBuffer({ resolveWithObject: true });
    frames.push(image.data);
    channels = image.info.channels;
  }
  const size = outputSize(plan);
  return sharp(Buffer.concat(frames), {
    raw: { ...size, height: size.height * frames.length, channels, pageHeight: size.height },
    limitInputPixels: false,
  });
}

/** A little more contrast at edges than scaling has left, and what `blur` asks for. */
function finish(image: Sharp, { isSharpened, blur }: RenderPlan): Sharp {
  const sharpened = isSharpened ? image.sharpen({ sigma: 0.6 }) : image;
  return blur === undefined ? sharpened : sharpened.blur(blur);
}

/** Left alone, sharp makes three channels of one, for 31 % more bytes in a PNG and 8 % in a JPEG. */
export function inColours(image: Sharp, { isGrey }: RenderPlan): Sharp {
  return isGrey ? image.toColourspace('b-w') : image;
}

/**
 * Scales a picture as it is stored, then rotates it as a separate step. sharp alone would rotate the whole original
 * first, for five times the CPU, and an AVIF would inherit the orientation and be rotated again.
 */
async function upright(sharp: SharpModule, stored: Sharp, plan: RenderPlan): Promise<Sharp> {
  const { width, height } = swapSides(plan.scaled, plan.orientation);
  const scaled = turn(stored.resize(width, height, { fit: 'fill' }), plan.orientation);
  return reopen(sharp, scaled);
}

async function compose(sharp: SharpModule, image: Sharp, plan: RenderPlan): Promise<Sharp> {
  const { scaled, window, within, canvas, strategy, canvasColour } = plan;
  const { width, height } = window;
  const whole = () => image.resize(scaled.width, scaled.height, { fit: 'fill' });
  const cut =
    strategy === undefined
      ? whole().extract(window)
      : (within ? await reopen(sharp, whole().extract(within)) : image).resize(width, height, {
          fit: 'cover',
          position: strategy,
        });
  if (canvas === undefined) return cut;
  return cut.extend({
    left: canvas.left,
    top: canvas.top,
    right: canvas.width - canvas.left - width,
    bottom: canvas.height - canvas.top - height,
    background: canvasColour,
  });
}

/** Makes stored pixels upright. sharp mirrors before it rotates, whatever the order of the calls. */
function turn(image: Sharp, orientation: number): Sharp {
  switch (orientation) {
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    case 5:
      return image.flip().rotate(90);
    case 6:
      return image.rotate(90);
    case 7:
      return image.flop().rotate(90);
    case 8:
      return image.rotate(270);
    default:
      return image;
  }
}
