import type { CropParams } from '../params/resolve';
import type { Settings } from '../settings';
import { chooseEncoding, type Encoding, type OutputFormat } from './encoding';
import { cover, type Geometry } from './geometry';
import type { Reason } from './reason';
import type { SourceImage } from './source-image';

/** Everything that rendering does, decided before a pixel moves. */
export interface RenderPlan extends Geometry {
  /** Whether an animation stays one. */
  readonly animated: boolean;
  readonly encoding: Encoding;
}

export type Planned =
  | { readonly kind: 'render'; readonly plan: RenderPlan }
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly detail: string };

/** Decides what becomes of a source, from its header and the crop that is asked for. */
export function plan(params: CropParams, source: SourceImage, limits: Settings['limits']): Planned {
  const pixels = source.width * source.height * source.frames;
  if (pixels > limits.sourcePixels) {
    return { kind: 'refuse', reason: 'source-pixels', detail: `${pixels} of ${limits.sourcePixels}` };
  }
  const format = chooseFormat(params, source);
  const geometry = cover(source, params);
  const encoding = chooseEncoding(format, params.quality, geometry.window, source);
  const animated = source.frames > 1 && (format === 'webp' || format === 'gif');
  return { kind: 'render', plan: { ...geometry, animated, encoding } };
}

/** Whether the variant shows all of the source, pixel for pixel and in its own format. */
export function isSamePicture(plan: RenderPlan, source: SourceImage): boolean {
  return (
    plan.encoding.format === source.format &&
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
