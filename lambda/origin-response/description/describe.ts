import { rgbaToThumbHash } from 'thumbhash';
import type { OutputFormat } from '../plan/encoding-types';
import { outputSize, type Point } from '../plan/geometry/geometry';
import type { RenderPlan } from '../plan/render-plan';
import type { SourceFormat, SourceImage } from '../source/source-image';
import { dominantColour } from './dominant-colour';
import type { Sample } from './sample';

/** What `format=json` answers. Nothing of EXIF, GPS or other metadata is in it. */
export interface Description {
  /** Of the crop, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly format: OutputFormat;
  /** 1 for a still. */
  readonly frames: number;
  /** Absent where originals are denied. */
  readonly source?: {
    /** Upright, in pixels. */
    readonly width: number;
    readonly height: number;
    readonly format: SourceFormat;
    readonly frames: number;
    /** Of the object, as it is stored. */
    readonly bytes: number;
  };
  /** `#rrggbb`, the colour that most of the crop has. Absent where nothing of it is opaque. */
  readonly color?: string;
  /** In base64: https://evanw.github.io/thumbhash/ */
  readonly thumbhash: string;
  /**
   * `x,y` of what is cropped from: the upright original, where the crop has no `rect`, `rotate`, `flip` or `trim`. Absent
   * where nothing says a point.
   */
  readonly focus?: string;
}

export interface DescribedPicture {
  readonly plan: RenderPlan;
  readonly source: SourceImage;
  /** Bytes of the object, as it is stored. */
  readonly length: number;
  /** What says where to cut, where it is a word or a point. */
  readonly position: string | undefined;
  readonly isSourceShown: boolean;
}

/** Describes a crop: what is planned, and what a few of its pixels show. */
export function describe(
  { plan, source, length, position, isSourceShown }: DescribedPicture,
  { width, height, rgba, attention }: Sample,
): Description {
  const color = dominantColour(rgba);
  const focus = attention ? textOf(attention) : position?.includes(',') ? position : undefined;
  return {
    ...sizeOf(outputSize(plan)),
    format: plan.encoding.format,
    frames: plan.frames,
    ...(isSourceShown && {
      source: { ...sizeOf(source), format: source.format, frames: source.frames, bytes: length },
    }),
    ...(color !== undefined && { color }),
    thumbhash: Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64'),
    ...(focus !== undefined && { focus }),
  };
}

/** Of what has a size, that alone, in this order. */
function sizeOf({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height };
}

function textOf({ x, y }: Point): string {
  return `${rounded(x)},${rounded(y)}`;
}

/** To the decimals that a position is kept in. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
