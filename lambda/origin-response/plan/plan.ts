import type { CropParams } from '../../contract/resolve';
import type { FunctionSettings } from '../../contract/settings';
import type { Reason } from '../failure/reason';
import type { SourceImage } from '../source/source-image';
import { chooseEncoding, LONGEST_ENCODE } from './choose-encoding';
import type { OutputFormat } from './encoding-types';
import { finishMilliseconds } from './finish-cost';
import { outputSize, type Window } from './geometry/geometry';
import { swapSides, turnOrientation, turnPoint, turnWindow } from './geometry/orientation';
import { pointOf, strategyOf } from './geometry/position';
import { fitRegion, pointWithin, regionOf } from './geometry/region';
import type { RenderPlan } from './render-plan';
import { PHOTO_TRAITS } from './traits';
import type { PlannedWatermark } from './watermark';

/** The settings that a plan follows. */
export type PlanSettings = Pick<FunctionSettings, 'types' | 'background' | 'effort' | 'limits'>;

export type Planned =
  | { readonly kind: 'render'; readonly plan: RenderPlan }
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly detail: string };

/** Above this scale a picture is sharp enough. */
const SHARPEN_BELOW = 0.5;

/** What is known of an original beside its header. */
export interface Known {
  /** The focal point that the object says, as `x,y` of the upright original; undefined if it says none. */
  readonly focus?: string | undefined;
  /** What is within the border, in upright pixels before `rotate`; undefined: all. */
  readonly trimmed?: Window | undefined;
}

/** Decides how a source is rendered, from its header and the requested crop. */
export function plan(
  params: CropParams,
  original: SourceImage,
  settings: PlanSettings,
  { focus, trimmed = { left: 0, top: 0, width: original.width, height: original.height } }: Known = {},
): Planned {
  const { limits } = settings;
  const source = laidOut(original, params);
  const format = chooseFormat(params, source);
  // Where an animation becomes a still, only its first frame is decoded.
  const frames = format === 'webp' || format === 'gif' ? source.frames : 1;
  const pixels = source.width * source.height * frames;
  if (pixels > limits.sourcePixels) {
    return { kind: 'refuse', reason: 'source-pixels', detail: `${pixels} of ${limits.sourcePixels}` };
  }
  const layout = turnOrientation(1, params.rotate, params.flip);
  const region = regionOf(params.rect, turnWindow(trimmed, original, layout));
  const { position, blur } = params;
  // The focal point says what to keep of a picture that is cut; it does not move one along its padding.
  const isFocused = position === undefined && focus !== undefined && params.fit === 'cover';
  const point = isFocused
    ? pointWithin(turnPoint(pointOf(focus), original, layout), region)
    : pointOf(position);
  const geometry = {
    ...fitRegion(source, region, params, point),
    ...(blur !== undefined && { blur }),
  };
  const { width, height } = outputSize(geometry);
  const isSharpened =
    settings.types[params.t]?.sharpen === 'mild' && geometry.scaled.width < source.width * SHARPEN_BELOW;
  const { isPalette, orientation } = source;
  const { quality } = params;
  const effort = settings.types[params.t]?.effort ?? settings.effort;
  // The frames of an animation are not looked at, so their source's palette stands for fine colours.
  const traits = { ...PHOTO_TRAITS, hasFineColour: isPalette };
  const watermark = watermarkOf(params.t, settings, !source.hasAlpha || format === 'jpeg');
  const finish = finishMilliseconds({ ...geometry, frames, isSharpened, watermark });
  const request = { format, quality, effort, isPalette, frames, traits };
  const encoding = chooseEncoding(request, width * height * frames, LONGEST_ENCODE - finish);
  if (encoding === undefined) {
    const detail = `${frames} frames of ${width}x${height} take more than ${LONGEST_ENCODE} ms`;
    return { kind: 'refuse', reason: 'source-pixels', detail };
  }
  // libvips applies a strategy to single pictures only.
  const isCut = params.w !== undefined && params.h !== undefined && params.fit === 'cover';
  // A description tells what draws attention, whatever is cut.
  const isSought = isCut || (params.format === 'json' && geometry.canvas === undefined);
  const strategy = frames > 1 || !isSought ? undefined : strategyOf(position);
  const { background: asked } = params;
  const background = asked === undefined || asked === 'transparent' ? settings.background : `#${asked}`;
  // Where nobody names a colour, a transparent picture is padded with transparency. A GIF always claims alpha.
  const isClear =
    asked === 'transparent' || (asked === undefined && source.hasAlpha && source.format !== 'gif');
  const canvasColour = isClear && format !== 'jpeg' ? `${background}00` : background;
  const hasBackground = geometry.canvas !== undefined || (source.hasAlpha && format === 'jpeg');
  const isGrey = source.isGrey && !source.hasAlpha && geometry.canvas === undefined && !watermark;
  const addsColour = (hasBackground && !isGreyColour(background)) || watermark !== undefined;
  return {
    kind: 'render',
    plan: {
      ...geometry,
      frames,
      orientation,
      isSharpened,
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

/** The source as a still where one is asked for, and as `rotate` and `flip` lay it. */
function laidOut(source: SourceImage, { animated, rotate, flip }: CropParams): SourceImage {
  const turn = turnOrientation(1, rotate, flip);
  return {
    ...source,
    ...swapSides(source, turn),
    frames: animated ? source.frames : 1,
    orientation: turnOrientation(source.orientation, rotate, flip),
  };
}

/** Whether the variant shows all of the source, pixel for pixel and in its own format. */
export function isSamePicture(plan: RenderPlan, source: SourceImage): boolean {
  return (
    plan.orientation === 1 &&
    plan.frames === source.frames &&
    plan.blur === undefined &&
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
