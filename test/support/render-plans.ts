import type { ViewerFormat } from '../../lambda/contract/parameters/table';
import { resolve } from '../../lambda/contract/resolve';
import { plan } from '../../lambda/origin-response/plan/plan';
import type { RenderPlan } from '../../lambda/origin-response/plan/render-plan';
import { readCroppingOptions } from '../../lib/configuration/cropping-options';
import { PHOTO } from './source-images';

const SETTINGS = readCroppingOptions({});

/** Formats that a picture can be rendered to, whatever it is. */
export const FORMATS: readonly ViewerFormat[] = ['jpeg', 'png', 'webp', 'avif'];

/** The plan of a photo of that size, in full. */
export function planOf(width: number, height: number, format: ViewerFormat, quality = 75): RenderPlan {
  const planned = plan(resolve({ t: 'A', format, quality }, SETTINGS), { ...PHOTO, width, height }, SETTINGS);
  if (planned.kind === 'refuse') throw new Error(planned.reason);
  return planned.plan;
}
