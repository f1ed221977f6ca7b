import type { Sample } from '../description/sample';
import { outputSize } from '../plan/geometry/geometry';
import type { RenderPlan } from '../plan/render-plan';
import type { Original } from '../prepare/original';
import { drawn } from './compose';
import type { SharpModule } from './load-sharp';
import type { Overlays } from './mark';
import { openOriginal, tolerating } from './open';

/**
 * Draws the pixels of a small variant, for what is said about it.
 *
 * A strategy is followed on pixels that are scaled already: what libvips reports of it is in pixels that it has shrunk
 * while it loaded them.
 */
export async function sample(
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
