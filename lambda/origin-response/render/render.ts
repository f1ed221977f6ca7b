import { createRequire } from 'node:module';
import type { Sharp } from 'sharp';
import type { FunctionSettings } from '../../contract/settings';
import type { Sample } from '../description/sample';
import type { RawPixels } from '../plan/border';
import type { Encoding, PngEncoding } from '../plan/encoding-types';
import { outputSize, type Size } from '../plan/geometry/geometry';
import { isOnItsSide, swapSides } from '../plan/geometry/orientation';
import type { RenderPlan } from '../plan/render-plan';
import { traitsOf } from '../plan/traits';
import { type PlannedWatermark, placeWatermark } from '../plan/watermark';
import type { Original } from '../prepare/original';
import type { SourceImage } from '../source/source-image';
import type { Picture, Renderer } from './picture';

type SharpModule = typeof import('sharp')['default'];

/**
 * Renders with sharp, which is loaded when the first picture needs it.
 *
 * @param types have the watermarks
 */
export function createSharpRenderer(types: FunctionSettings['types'] = {}): Renderer {
  let loading: Promise<SharpModule> | undefined;
  const sharp = () => {
    loading ??= loadSharp();
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
  overlay: Overlays,
): Promise<Picture> {
  const open = (failOn: FailOn) => openOriginal(sharp, original, plan, failOn);
  const losesTiming = plan.frames > 1 && (keepPixels || isDrawnByFrame(plan));
  const timing = losesTiming ? await readTiming(open('error')) : {};
  if (!keepPixels || timing === undefined) {
    return {
      encode: (encoding) =>
        tolerating(original, async (failOn) =>
          encode(await drawn(sharp, await open(failOn), plan, overlay), { ...encoding, ...timing }),
        ),
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
      return encode(inColours(pixels, plan), encoding, timing);
    },
  };
}

/**
 * A strategy is followed on pixels that are scaled already: what libvips reports of it is in pixels that it has shrunk
 * while it loaded them.
 */
async function sample(
  sharp: SharpModule,
  original: Original,
  plan: RenderPlan,
  overlay: Overlays,
): Promise<Sample> {
  const { strategy, scaled, window } = plan;
  const area = plan.within ?? { left: 0, top: 0, ...scaled };
  const whole = strategy === undefined ? plan : { ...plan, strategy: undefined, window: area };
  const pixels = await tolerating(original, async (failOn) =>
    (await drawn(sharp, await openOriginal(sharp, original, plan, failOn), whole, overlay))
      .ensureAlpha()
      .raw()
      .toBuffer(),
  );
  const output = outputSize(plan);
  if (strategy === undefined) return { width: output.width, height: output.height, rgba: pixels };
  const isCut = window.width < area.width || window.height < area.height;
  // libvips looks for what draws attention only where it has something to cut.
  const height = isCut ? window.height : Math.ceil(area.height / 2);
  const { data, info } = await sharp(pixels, { raw: { width: area.width, height: area.height, channels: 4 } })
    .resize(window.width, height, { fit: 'cover', position: strategy })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { attentionX: x, attentionY: y } = info;
  return {
    width: window.width,
    height: window.height,
    rgba: isCut ? data : pixels,
    ...(strategy === 'attention' &&
      Number.isFinite(x) &&
      Number.isFinite(y) && { attention: { x: Number(x) / area.width, y: Number(y) / area.height } }),
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
async function drawn(sharp: SharpModule, stored: Sharp, plan: RenderPlan, overlay: Overlays): Promise<Sharp> {
  if (plan.frames > 1 && isDrawnByFrame(plan)) return drawnByFrame(sharp, stored, plan, overlay);
  const image = plan.orientation === 1 ? stored : await upright(sharp, stored, plan);
  const composed = await marked(sharp, finish(await compose(sharp, image, plan), plan), plan, overlay);
  const { background } = plan;
  return inColours(plan.encoding.format === 'jpeg' ? composed.flatten({ background }) : composed, plan);
}

/** Whether the frames of an animation are drawn one by one: libvips would turn and blur all of them as one picture. */
function isDrawnByFrame({ orientation, blur, isSharpened }: RenderPlan): boolean {
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

/** Draws the watermark on every frame, where the plan has one. */
async function marked(sharp: SharpModule, image: Sharp, plan: RenderPlan, overlay: Overlays): Promise<Sharp> {
  const { watermark, frames } = plan;
  if (watermark === undefined) return image;
  const output = outputSize(plan);
  const { left, top, ...size } = placeWatermark(output, watermark);
  const input = await overlay(sharp, watermark, size);
  // The frames are one below the other.
  const marks = Array.from({ length: frames }, (_, frame) => ({
    input,
    raw: { ...size, channels: 4 as const },
    left,
    top: frame * output.height + top,
  }));
  const drawnOn = image.composite(marks);
  return watermark.isOpaque ? drawnOn.removeAlpha() : drawnOn;
}

/** Gives the pixels of a watermark, red, green, blue and alpha, in a size. */
type Overlays = (sharp: SharpModule, watermark: PlannedWatermark, size: Size) => Promise<Buffer>;

/** Scales each watermark once for each size: a deployment has few types, and a locked one few sizes. */
function createOverlays(types: FunctionSettings['types']): Overlays {
  let last: { readonly key: string; readonly pixels: Promise<Buffer> } | undefined;
  return (sharp, { type, opacity }, { width, height }) => {
    const key = `${type} ${width} ${height}`;
    if (last?.key !== key) {
      const file = Buffer.from(types[type]?.watermark?.data ?? '', 'base64');
      last = { key, pixels: drawOverlay(sharp, file, { width, height }, opacity) };
    }
    return last.pixels;
  };
}

const SVG_LOADER = ['VipsForeignLoadSvgBuffer'];

async function drawOverlay(sharp: SharpModule, file: Buffer, { width, height }: Size, opacity: number) {
  // Of originals no SVG is ever opened; this one is the deployer's, and was looked at when it was deployed.
  sharp.unblock({ operation: SVG_LOADER });
  try {
    const pixels = await sharp(file).resize(width, height, { fit: 'fill' }).ensureAlpha().raw().toBuffer();
    for (let alpha = 3; alpha < pixels.length; alpha += 4) {
      pixels[alpha] = Math.round((pixels[alpha] ?? 0) * opacity);
    }
    return pixels;
  } finally {
    sharp.block({ operation: SVG_LOADER });
  }
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
export function encode(image: Sharp, encoding: Encoding, timing: Timing = {}): Promise<Buffer> {
  switch (encoding.format) {
    case 'jpeg':
      return image.jpeg(encoding).toBuffer();
    case 'webp':
      return image.webp({ ...encoding, ...timing }).toBuffer();
    case 'avif':
      return image.avif(encoding).toBuffer();
    case 'png':
      return encodePng(image, encoding);
    case 'gif':
      return image.gif({ ...encoding, ...timing }).toBuffer();
  }
}

async function encodePng(image: Sharp, encoding: PngEncoding): Promise<Buffer> {
  if (encoding.palette) return image.png(encoding).toBuffer();
  const { compressionLevel, filters } = encoding;
  const adaptive = await image.clone().png({ compressionLevel, adaptiveFiltering: true }).toBuffer();
  if (filters === 'adaptive') return adaptive;
  const plain = await image.png({ compressionLevel, adaptiveFiltering: false }).toBuffer();
  return plain.length < adaptive.length ? plain : adaptive;
}
