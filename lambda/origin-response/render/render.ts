import { createRequire } from 'node:module';
import type { Sharp } from 'sharp';
import type { Encoding } from '../plan/encoding';
import type { RenderPlan } from '../plan/plan';
import type { SourceFormat, SourceImage } from '../source/source-image';

type SharpModule = typeof import('sharp')['default'];

/** Reads and draws pictures. Both reject for what does not decode. */
export interface Renderer {
  /** Loads what drawing needs, so that the first picture need not wait for it. */
  load(): Promise<unknown>;
  /** Reads the header. */
  inspect(bytes: Buffer, format: SourceFormat): Promise<SourceImage>;
  /** Draws the variant. */
  render(bytes: Buffer, plan: RenderPlan): Promise<Buffer>;
}

/** Draws with sharp, which is loaded when the first picture needs it. */
export function createSharpRenderer(): Renderer {
  let loading: Promise<SharpModule> | undefined;
  const sharp = () => {
    loading ??= loadSharp();
    return loading;
  };
  return {
    load: sharp,
    inspect: async (bytes, format) => inspect(await sharp(), bytes, format),
    render: async (bytes, plan) => render(await sharp(), bytes, plan),
  };
}

/** One loader for each format that we crop; libvips knows many more, and none of them is asked. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff'].map(
  (name) => `VipsForeignLoad${name}Buffer`,
);

async function loadSharp(): Promise<SharpModule> {
  // Quicker than `import`, which looks for each of sharp's files in turns of the event loop.
  const sharp = createRequire(import.meta.url)('sharp') as SharpModule;
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  // Each picture comes once; what libvips would remember of it only fills the memory.
  sharp.cache(false);
  return sharp;
}

async function inspect(sharp: SharpModule, bytes: Buffer, format: SourceFormat): Promise<SourceImage> {
  // The plan counts the pixels, by our own limit and with a reason of its own.
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  // Pages of a TIFF are no animation: the first one is the picture.
  const frames = format === 'gif' || format === 'webp' ? (header.pages ?? 1) : 1;
  // libvips turns single pictures only.
  const orientation = frames > 1 ? 1 : (header.orientation ?? 1);
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
    isPalette: header.isPalette === true,
    isClean:
      orientation === 1 &&
      (header.space === 'srgb' || header.space === 'b-w') &&
      header.depth === 'uchar' &&
      [header.exif, header.icc, header.xmp, header.iptc, header.comments].every(
        (block) => block === undefined,
      ),
  };
}

async function render(sharp: SharpModule, bytes: Buffer, plan: RenderPlan): Promise<Buffer> {
  const stored = sharp(bytes, {
    animated: plan.frames > 1,
    // A picture that breaks off is not shown with a grey half.
    failOn: 'error',
    limitInputPixels: false,
  });
  const image = plan.orientation === 1 ? stored : await upright(sharp, stored, plan);
  // By itself sharp makes three channels of one, for 31 % more bytes in a PNG and 8 % in a JPEG.
  const coloured = plan.isGrey ? compose(image, plan).toColourspace('b-w') : compose(image, plan);
  return encode(coloured, plan.encoding, plan.background).toBuffer();
}

/**
 * Scales a picture as it is stored and turns it then, as a step of its own. sharp alone would turn the whole
 * original first, for five times the CPU, and an AVIF would be turned again by the orientation it inherits.
 */
async function upright(sharp: SharpModule, stored: Sharp, plan: RenderPlan): Promise<Sharp> {
  const { width, height } = plan.scaled;
  const sides = isOnItsSide(plan.orientation) ? ([height, width] as const) : ([width, height] as const);
  const scaled = turn(stored.resize(...sides, { fit: 'fill' }), plan.orientation);
  const { data, info } = await scaled.raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info });
}

function compose(image: Sharp, { scaled, window, canvas, strategy, ground }: RenderPlan): Sharp {
  const { width, height } = window;
  const cut =
    strategy === undefined
      ? image.resize(scaled.width, scaled.height, { fit: 'fill' }).extract(window)
      : image.resize(width, height, { fit: 'cover', position: strategy });
  if (canvas === undefined) return cut;
  return cut.extend({
    left: canvas.left,
    top: canvas.top,
    right: canvas.width - canvas.left - width,
    bottom: canvas.height - canvas.top - height,
    background: ground,
  });
}

/** EXIF's orientations from 5 on have width for height. */
function isOnItsSide(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/** Makes stored pixels upright. sharp mirrors before it turns, whatever the order of the calls. */
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
export function encode(image: Sharp, encoding: Encoding, background = '#ffffff'): Sharp {
  switch (encoding.format) {
    case 'jpeg':
      return image.flatten({ background }).jpeg(encoding);
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
