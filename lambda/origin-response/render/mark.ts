import type { FunctionSettings } from '../../contract/settings';
import { outputSize, type Size } from '../plan/geometry/geometry';
import type { RenderPlan } from '../plan/render-plan';
import { type PlannedWatermark, placeWatermark } from '../plan/watermark';
import type { Sharp, SharpModule } from './load-sharp';

/** Draws the watermark on every frame, where the plan has one. */
export async function marked(
  sharp: SharpModule,
  image: Sharp,
  plan: RenderPlan,
  overlay: Overlays,
): Promise<Sharp> {
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
export type Overlays = (sharp: SharpModule, watermark: PlannedWatermark, size: Size) => Promise<Buffer>;

/** Scales each watermark once for each size: a deployment has few types, and a locked one few sizes. */
export function createOverlays(types: FunctionSettings['types']): Overlays {
  let last: { readonly key: string; readonly pixels: Promise<Buffer> } | undefined;
  return (sharp, { type, opacity }, { width, height }) => {
    const key = `${type} ${width} ${height}`;
    if (last?.key !== key) {
      const file = Buffer.from(types[type]?.watermark?.data ?? '', 'base64');
      const pixels = drawOverlay(sharp, file, { width, height }, opacity);
      last = { key, pixels };
      // What has failed is tried again.
      pixels.catch(() => {
        last = undefined;
      });
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
