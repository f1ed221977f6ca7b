import type { CropParams } from '../../contract/resolve';
import type { Settings } from '../../contract/settings';
import type { Reason } from '../failure/reason';
import type { SourceImage } from '../source/source-image';
import { encodeMilliseconds } from './encode-cost';
import { chooseEncoding, type Encoding, type OutputFormat } from './encoding';
import { type Geometry, outputSize, place } from './geometry';
import { pointOf, type Strategy, strategyOf } from './position';

/** Everything that rendering does, decided before a pixel moves. */
export interface RenderPlan extends Geometry {
  /** How many are drawn: 1, or all of an animation that stays one. */
  readonly frames: number;
  /** How the stored pixels are turned, once they are scaled: EXIF's 1…8. */
  readonly orientation: number;
  /** Looks for the window in the pixels, and its place in the geometry is not used. */
  readonly strategy: Strategy | undefined;
  /** `#rrggbb` under transparency where the format has none. */
  readonly background: string;
  /** `#rrggbb` or `#rrggbbaa` on the canvas, around the window. */
  readonly ground: string;
  /** One channel is enough. */
  readonly isGrey: boolean;
  /** Few colours are enough. */
  readonly isPalette: boolean;
  /** 1…100 on JPEG's scale; the encoding has it on its own. */
  readonly quality: number;
  readonly encoding: Encoding;
}

/** The settings that a plan follows. */
export type PlanSettings = Pick<Settings, 'types' | 'background' | 'limits'>;

export type Planned =
  | { readonly kind: 'render'; readonly plan: RenderPlan }
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly detail: string };

/**
 * The longest encode that is begun, in milliseconds by {@link encodeMilliseconds}. Every still has an
 * encoding that keeps it; an animation of many large frames may not.
 */
const LONGEST_ENCODE = 10_000;

/** Decides what becomes of a source, from its header and the crop that is asked for. */
export function plan(params: CropParams, source: SourceImage, settings: PlanSettings): Planned {
  const { limits } = settings;
  const format = chooseFormat(params, source);
  // Of an animation that becomes a still, only the first frame is decoded.
  const frames = format === 'webp' || format === 'gif' ? source.frames : 1;
  const pixels = source.width * source.height * frames;
  if (pixels > limits.sourcePixels) {
    return { kind: 'refuse', reason: 'source-pixels', detail: `${pixels} of ${limits.sourcePixels}` };
  }
  const geometry = place(source, params, pointOf(params.position));
  const encoding = chooseEncoding(format, params.quality, outputSize(geometry), source);
  const { width, height } = outputSize(geometry);
  const milliseconds = encodeMilliseconds(encoding, width * height * frames);
  if (milliseconds > LONGEST_ENCODE) {
    return { kind: 'refuse', reason: 'source-pixels', detail: `${frames} frames take ${milliseconds} ms` };
  }
  // libvips looks at single pictures only.
  const strategy = frames > 1 || geometry.canvas !== undefined ? undefined : strategyOf(params.position);
  const own = settings.types[params.t]?.background;
  const background = own ?? settings.background;
  // A transparent picture is not framed in a colour that nobody chose. A GIF says that it is one, always.
  const isClear = source.hasAlpha && source.format !== 'gif' && format !== 'jpeg';
  const ground = own === undefined && isClear ? `${background}00` : background;
  // What is laid on a ground may take its colour.
  const isGrey = source.isGrey && !source.hasAlpha && geometry.canvas === undefined;
  const { isPalette, orientation } = source;
  const { quality } = params;
  return {
    kind: 'render',
    plan: {
      ...geometry,
      frames,
      orientation,
      strategy,
      background,
      ground,
      isGrey,
      isPalette,
      quality,
      encoding,
    },
  };
}

/** Whether the variant shows all of the source, pixel for pixel and in its own format. */
export function isSamePicture(plan: RenderPlan, source: SourceImage): boolean {
  return (
    plan.encoding.format === source.format &&
    plan.canvas === undefined &&
    plan.window.width === source.width &&
    plan.window.height === source.height
  );
}

function chooseFormat(params: CropParams, source: SourceImage): OutputFormat {
  switch (params.format) {
    case 'auto-avif':
      // AVIF would make a still of it; who takes AVIF here takes WebP as well.
      return source.frames > 1 ? 'webp' : 'avif';
    case 'auto-webp':
      return 'webp';
    case 'auto':
    case undefined:
      if (source.format === 'tiff') return source.hasAlpha ? 'png' : 'jpeg';
      return source.format;
    default:
      return params.format;
  }
}
