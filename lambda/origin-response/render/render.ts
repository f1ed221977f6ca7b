import { createRequire } from 'node:module';
import type { Sharp } from 'sharp';
import type { RawPixels } from '../plan/border';
import type { Encoding } from '../plan/encoding-types';
import { outputSize, type Size } from '../plan/geometry';
import { isOnItsSide, swapSides } from '../plan/orientation';
import type { RenderPlan } from '../plan/render-plan';
import type { Original } from '../prepare/original';
import type { SourceImage } from '../source/source-image';
import type { Picture, Renderer } from './picture';

type SharpModule = typeof import('sharp')['default'];

/** Renders with sharp, which is loaded when the first picture needs it. */
export function createSharpRenderer(): Renderer {
  let loading: Promise<SharpModule> | undefined;
  const sharp = () => {
    loading ??= loadSharp();
    return loading;
  };
  return {
    load: sharp,
    inspect: async (original) => inspect(await sharp(), original),
    copy: async (original, size, frames) => copy(await sharp(), original, size, frames),
    draw: async (original, plan, keepPixels) => draw(await sharp(), original, plan, keepPixels),
  };
}

/** One loader for each format that we crop. libvips has many more, and they stay blocked. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff'].map(
  (name) => `VipsForeignLoad${name}Buffer`,
);

async function loadSharp(): Promise<SharpModule> {
  // Faster than `import`, which resolves sharp's files asynchronously.
  const sharp = createRequire(import.meta.url)('sharp') as SharpModule;
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  // Each picture comes once, so libvips' cache of operations would only take memory.
  sharp.cache(false);
  return sharp;
}

async function inspect(
  sharp: SharpModule,
  { bytes, format, addedFrames, isChanged }: Original,
): Promise<SourceImage> {
  // The plan checks the pixels against our own limit, and gives a reason.
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  // The pages of a TIFF are not an animation; its first page is the picture.
  const frames = format === 'gif' || format === 'webp' ? (header.pages ?? 1) - addedFrames : 1;
  // libvips rotates single pictures only, and the decoder of HEIC returns them upright.
  const orientation = frames > 1 || format === 'heic' ? 1 : (header.orientation ?? 1);
  const upright = isOnItsSide(orientation)
    ? { width: header.height, height: header.width }
    : { width: header.width, height: header.height };
  return {
    format,
    ...upright,
    orientation,
    frames,
    hasAlpha: header.hasAlpha,
    isGrey: header.space === 'b-w' || header.space === 'grey16',
    isDeep: header.depth === 'ushort',
    // What decodes a HEIC makes a profile of its colour code.
    hasProfile: header.icc !== undefined || format === 'heic',
    isPalette: header.isPalette === true,
    isClean:
      !isChanged &&
      format !== 'heic' &&
      orientation === 1 &&
      (header.space === 'srgb' || header.space === 'b-w') &&
      header.depth === 'uchar' &&
      [header.exif, header.icc, header.xmp, header.iptc, header.comments].every(
        (block) => block === undefined,
      ),
  };
}

async function draw(
  sharp: SharpModule,
  original: Original,
  plan: RenderPlan,
  keepPixels: boolean,
): Promise<Picture> {
  const open = (failOn: FailOn) => openOriginal(sharp, original, plan, failOn);
  const losesTiming = plan.frames > 1 && (keepPixels || isDrawnByFrame(plan));
  const timing = losesTiming ? await readTiming(open('error')) : {};
  if (!keepPixels || timing === undefined) {
    return {
      encode: (encoding) =>
        tolerating(original, async (failOn) =>
          encode(await drawn(sharp, await open(failOn), plan), { ...encoding, ...timing }).toBuffer(),
        ),
    };
  }
  const { data, info } = await tolerating(original, async (failOn) =>
    (await drawn(sharp, await open(failOn), plan)).raw().toBuffer({ resolveWithObject: true }),
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
    encode: (encoding) => {
      const pixels = sharp(data, { raw, limitInputPixels: false });
      return encode(inColours(pixels, plan), { ...encoding, ...timing }).toBuffer();
    },
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

/** What a decoder gives up at; `error` keeps a truncated picture from being shown with a grey half. */
type FailOn = 'warning' | 'error';

async function openOriginal(
  sharp: SharpModule,
  { bytes, isPremultiplied }: Original,
  { frames, channels }: Pick<RenderPlan, 'frames' | 'channels'>,
  failOn: FailOn,
): Promise<Sharp> {
  const stored = sharp(bytes, { pages: frames, failOn, limitInputPixels: false });
  // libvips ignores that an AVIF is premultiplied; of raw pixels sharp can be told.
  if (isPremultiplied) return reopen(sharp, stored, { premultiplied: true });
  if (channels === 'srgb') return stored.pipelineColourspace('srgb');
  if (channels === 'grey') {
    return reopen(sharp, stored.withIccProfile('srgb', { attach: false }).toColourspace('b-w'));
  }
  return stored;
}

/** Goes on with the pixels. All of them are in memory then, so this is for rare pictures. */
async function reopen(
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
async function tolerating<T>({ format }: Original, work: (failOn: FailOn) => Promise<T>): Promise<T> {
  if (format !== 'jpeg') return work('error');
  try {
    return await work('warning');
  } catch (error) {
    if (error instanceof Error && HARMLESS.test(error.message)) return work('error');
    throw error;
  }
}

/** The longest delay of a frame that sharp lets us set, in milliseconds; a source may have a longer one. */
const MAX_DELAY = 65_535;

/**
 * What raw pixels do not hold of an animation.
 *
 * @returns undefined where sharp could not set it
 */
async function readTiming(image: Promise<Sharp>): Promise<Timing | undefined> {
  const { delay, loop } = await (await image).metadata();
  if (delay?.some((milliseconds) => milliseconds > MAX_DELAY)) return undefined;
  return { ...(delay && { delay }), ...(loop !== undefined && { loop }) };
}

interface Timing {
  readonly delay?: number[];
  readonly loop?: number;
}

/** The pipeline that makes the variant's pixels of the original. */
async function drawn(sharp: SharpModule, stored: Sharp, plan: RenderPlan): Promise<Sharp> {
  if (plan.frames > 1 && isDrawnByFrame(plan)) return drawnByFrame(sharp, stored, plan);
  const image = plan.orientation === 1 ? stored : await upright(sharp, stored, plan);
  const composed = finish(await compose(sharp, image, plan), plan);
  const { background } = plan;
  return inColours(plan.encoding.format === 'jpeg' ? composed.flatten({ background }) : composed, plan);
}

/** Whether the frames of an animation are drawn one by one: libvips would turn and blur all of them as one picture. */
function isDrawnByFrame({ orientation, blur, isSharpened }: RenderPlan): boolean {
  return orientation !== 1 || blur !== undefined || isSharpened;
}

async function drawnByFrame(sharp: SharpModule, stored: Sharp, plan: RenderPlan): Promise<Sharp> {
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
    const still = await drawn(sharp, frame, { ...plan, frames: 1 });
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
function inColours(image: Sharp, { isGrey }: RenderPlan): Sharp {
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

/** Hands the pixels to the encoder. */
export function encode(image: Sharp, encoding: Encoding & Timing): Sharp {
  switch (encoding.format) {
    case 'jpeg':
      return image.jpeg(encoding);
    case 'webp':
      return image.webp(encoding);
    case 'avif':
      return image.avif(encoding);
    case 'png':
      return image.png(encoding);
    case 'gif':
      return image.gif(encoding);
  }
}
