import type { CropParams } from '../../contract/resolve';
import type { FunctionSettings } from '../../contract/settings';
import type { Reason } from '../failure/reason';
import type { SourceImage } from '../source/source-image';
import { chooseEncoding, LONGEST_ENCODE } from './choose-encoding';
import type { OutputFormat } from './encoding-types';
import { fitIntoBox, outputSize } from './geometry';
import { pointOf, strategyOf } from './position';
import type { RenderPlan } from './render-plan';
import { PHOTO_TRAITS } from './traits';
import type { PlannedWatermark } from './watermark';

/** The settings that a plan follows. */
export type PlanSettings = Pick<FunctionSettings, 'types' | 'background' | 'effort' | 'limits'>;

export type Planned =
  | { readonly kind: 'render'; readonly plan: RenderPlan }
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly detail: string };

/**
 * Decides how a source is rendered, from its header and the requested crop.
 *
 * @param focus the focal point that the object says, as `x,y` of the upright original; undefined if it says none
 */
export function plan(
  params: CropParams,
  source: SourceImage,
  settings: PlanSettings,
  focus?: string,
): Planned {
  const { limits } = settings;
  const format = chooseFormat(params, source);
  // Where an animation becomes a still, only its first frame is decoded.
  const frames = format === 'webp' || format === 'gif' ? source.frames : 1;
  const pixels = source.width * source.height * frames;
  if (pixels > limits.sourcePixels) {
    return { kind: 'refuse', reason: 'source-pixels', detail: `${pixels} of ${limits.sourcePixels}` };
  }
  // The focal point says what to keep of a picture that is cut; it does not move one along its padding.
  const position = params.position ?? (params.fit === 'cover' ? focus : undefined);
  const geometry = fitIntoBox(source, params, pointOf(position));
  const { width, height } = outputSize(geometry);
  const { isPalette, orientation } = source;
  const { quality } = params;
  const type = settings.types[params.t];
  const effort = type?.effort ?? settings.effort;
  // The frames of an animation are not looked at, so their source's palette stands for fine colours.
  const traits = { ...PHOTO_TRAITS, hasFineColour: isPalette };
  const request = { format, quality, effort, isPalette, traits };
  const encoding = chooseEncoding(request, width * height * frames);
  if (encoding === undefined) {
    const detail = `${frames} frames of ${width}x${height} take more than ${LONGEST_ENCODE} ms`;
    return { kind: 'refuse', reason: 'source-pixels', detail };
  }
  // libvips applies a strategy to single pictures only.
  const strategy = frames > 1 || geometry.canvas !== undefined ? undefined : strategyOf(position);
  const typeBackground = type?.background;
  const background = typeBackground ?? settings.background;
  // Without a colour of its type, a transparent picture is padded with transparency. A GIF always claims alpha.
  const isTransparent = source.hasAlpha && source.format !== 'gif' && format !== 'jpeg';
  const canvasColour = typeBackground === undefined && isTransparent ? `${background}00` : background;
  const hasBackground = geometry.canvas !== undefined || (source.hasAlpha && format === 'jpeg');
  const watermark = watermarkOf(params.t, settings, !source.hasAlpha || format === 'jpeg');
  const isGrey = source.isGrey && !source.hasAlpha && geometry.canvas === undefined && !watermark;
  const addsColour = (hasBackground && !isGreyColour(background)) || watermark !== undefined;
  return {
    kind: 'render',
    plan: {
      ...geometry,
      frames,
      orientation,
      strategy,
      background,
      canvasColour,
      isGrey,
      ...(watermark && { watermark }),
      channels: channelsFor(source, addsColour),
      isPalette,
      traits,
      quality,
      effort,
      encoding,
    },
  };
}

function watermarkOf(type: string, { types }: PlanSettings, isOpaque: boolean): PlannedWatermark | undefined {
  const watermark = types[type]?.watermark;
  if (watermark === undefined) return undefined;
  const { data: _, ...placed } = watermark;
  return { ...placed, type, isOpaque };
}

/**
 * A grey picture cannot take a colour up. With a profile it becomes sRGB anyway, unless it has 16 bits: sharp ignores
 * the profile of grey, and makes Display P3 of colours.
 */
function channelsFor(
  { isGrey, isDeep, hasProfile }: SourceImage,
  addsColour: boolean,
): RenderPlan['channels'] {
  if (hasProfile) return !isDeep ? 'stored' : isGrey ? 'grey' : 'srgb';
  return isGrey && addsColour ? 'srgb' : 'stored';
}

/** @param colour as `#rrggbb` */
function isGreyColour(colour: string): boolean {
  return colour.slice(1, 3) === colour.slice(3, 5) && colour.slice(3, 5) === colour.slice(5, 7);
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
      // AVIF would make a still of an animation. `negotiate` offers AVIF only to viewers that accept WebP too.
      return source.frames > 1 ? 'webp' : 'avif';
    case 'auto-webp':
      return 'webp';
    case 'auto-jpeg':
      return oldFormat(source);
    case 'auto':
    case 'json':
    case undefined:
      return source.format === 'tiff' || source.format === 'heic' ? oldFormat(source) : source.format;
    default:
      return params.format;
  }
}

/** A format that every viewer shows: the source's own, or one that keeps its frames and its transparency. */
function oldFormat({ format, frames, hasAlpha }: SourceImage): OutputFormat {
  if (format === 'jpeg' || format === 'png' || format === 'gif') return format;
  if (frames > 1) return 'gif';
  return hasAlpha ? 'png' : 'jpeg';
}
