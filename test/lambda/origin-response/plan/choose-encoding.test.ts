import { chooseEncoding, planWithin } from '../../../../lambda/origin-response/plan/choose-encoding';
import { encodeMilliseconds } from '../../../../lambda/origin-response/plan/encode-cost';
import { outputSize } from '../../../../lambda/origin-response/plan/geometry/geometry';
import { PHOTO_TRAITS } from '../../../../lambda/origin-response/plan/traits';
import { planOf } from '../../../support/render-plans';

test('less time is a cheaper encoding of the same picture', () => {
  const wanted = planOf(1400, 1000, 'avif');
  const hurried = planWithin(wanted, 600);
  expect(hurried && outputSize(hurried)).toEqual(outputSize(wanted));
  expect(hurried?.encoding).not.toEqual(wanted.encoding);
  expect(planWithin(wanted, 1)).toBeUndefined();
});

test('more time than the longest encode changes nothing', () => {
  const wanted = planOf(4096, 4096, 'avif', 100);
  expect(planWithin(wanted, 600_000)).toEqual(wanted);
});

test('above the target the cheapest is chosen, up to the longest encode and the time left', () => {
  const request = {
    format: 'gif',
    quality: 75,
    effort: 'balanced',
    isPalette: true,
    frames: 1,
    traits: PHOTO_TRAITS,
  } as const;
  const cheapest = { format: 'gif', reuse: false, dither: 0, effort: 1 } as const;
  const pixelsFor = (milliseconds: number) =>
    Math.floor((milliseconds / encodeMilliseconds(cheapest, 1_000_000)) * 1_000_000);
  expect(chooseEncoding(request, pixelsFor(9_900))).toEqual(cheapest);
  expect(chooseEncoding(request, pixelsFor(10_100))).toBeUndefined();
  expect(chooseEncoding(request, pixelsFor(9_900), 9_800)).toBeUndefined();
});
