import { resolve } from '../../../../lambda/contract/resolve';
import { plan } from '../../../../lambda/origin-response/plan/plan';
import { readCroppingOptions } from '../../../../lib/configuration/cropping-options';
import { FORMATS, planOf } from '../../../support/render-plans';
import { ANIMATION } from '../../../support/source-images';

const SETTINGS = readCroppingOptions({});

test('every still is accepted, whatever it is to become', () => {
  for (const format of FORMATS) {
    for (const quality of [1, 80, 100]) expect(() => planOf(4096, 4096, format, quality)).not.toThrow();
  }
});

test('an animation that would take longer than ten seconds is refused', () => {
  const source = { ...ANIMATION, width: 1000, height: 1000, frames: 40, hasAlpha: true };
  const planned = (w?: number) => plan(resolve({ t: 'A', ...(w && { w }) }, SETTINGS), source, SETTINGS);
  expect(planned()).toMatchObject({ kind: 'refuse', reason: 'source-pixels' });
  expect(planned(300)).toMatchObject({ kind: 'render' });
});
