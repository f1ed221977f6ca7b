import { pictureSources, type ResponsiveParams, type SrcSetSteps, srcSet } from '../../../client/src';

describe('srcSet', () => {
  test.each<readonly [ResponsiveParams, SrcSetSteps, string]>([
    [{}, { widths: [320, 640] }, '/a.jpg?t=A&w=320 320w, /a.jpg?t=A&w=640 640w'],
    [{ w: 800 }, { widths: [320] }, '/a.jpg?t=A&w=320 320w'],
    [
      { w: 4, h: 3, format: 'auto' },
      { widths: [320, 641] },
      '/a.jpg?t=A&w=320&h=240&format=auto 320w, /a.jpg?t=A&w=641&h=481&format=auto 641w',
    ],
    [{ w: 4096, h: 1 }, { widths: [16] }, '/a.jpg?t=A&w=16&h=1 16w'],
    [{ t: 'thumb' }, { widths: [320, 320] }, '/a.jpg?t=thumb&w=320 320w'],
    [
      { w: 160, h: 120 },
      { dprs: [1, 1.5, 2] },
      '/a.jpg?t=A&w=160&h=120 1x, /a.jpg?t=A&w=160&h=120&dpr=1.5 1.5x, /a.jpg?t=A&w=160&h=120&dpr=2 2x',
    ],
    [{ t: 'thumb' }, { dprs: [1, 2] }, '/a.jpg?t=thumb 1x, /a.jpg?t=thumb&dpr=2 2x'],
    // A comma inside a URL ends no candidate: https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute
    [{ w: 1, position: '0.3,0.7' }, { dprs: [1] }, '/a.jpg?t=A&w=1&position=0.3,0.7 1x'],
    [{ w: 1 }, { widths: [] }, ''],
  ])('%j %j', (params, steps, expected) => {
    expect(srcSet('', 'a.jpg', params, steps)).toBe(expected);
  });

  test.each<readonly [ResponsiveParams, SrcSetSteps, string]>([
    [{ h: 240 }, { widths: [320] }, 'h: got "240", allowed: with w'],
    [{ format: 'webp' }, { dprs: [2] }, 'dprs: got "2", allowed: with w, h or t'],
    [{}, { widths: [0] }, 'w: got "0", allowed: a whole number from 1 to 4096 (pixels)'],
    [{ w: 1, h: 100 }, { widths: [320] }, 'h: got "32000", allowed: a whole number from 1 to 4096 (pixels)'],
    [{ w: 1 }, { dprs: [4] }, 'dpr: got "4", allowed: a number from 1 to 3'],
    [{ w: 1 }, {} as SrcSetSteps, 'steps: got "", allowed: { widths } or { dprs }'],
    [{ w: 1 }, undefined as unknown as SrcSetSteps, 'steps: got "", allowed: { widths } or { dprs }'],
  ])('refuses %j %j', (params, steps, line) => {
    expect(() => srcSet('', 'a.jpg', params, steps)).toThrow(new RangeError(line));
  });
});

test('pictureSources gives the best format first and one that every browser shows last', () => {
  expect(pictureSources('', 'a.jpg', { w: 2, h: 1 }, { widths: [320] })).toEqual([
    { type: 'image/avif', srcSet: '/a.jpg?t=A&w=320&h=160&format=avif 320w' },
    { type: 'image/webp', srcSet: '/a.jpg?t=A&w=320&h=160&format=webp 320w' },
    { type: 'image/jpeg', srcSet: '/a.jpg?t=A&w=320&h=160&format=jpeg 320w' },
  ]);
  expect(pictureSources('', 'a.png', { w: 90, format: 'png' }, { dprs: [2] })[2]).toEqual({
    type: 'image/png',
    srcSet: '/a.png?t=A&w=90&format=png&dpr=2 2x',
  });
});

test('a dpr that got past the types does not make a width another one', () => {
  const params = { w: 4, h: 3, dpr: 2 } as unknown as ResponsiveParams;
  expect(srcSet('', 'a.jpg', params, { widths: [400] })).toBe('/a.jpg?t=A&w=400&h=300 400w');
  const wide = { w: 4, dpr: 2 } as unknown as ResponsiveParams;
  expect(srcSet('', 'a.jpg', wide, { widths: [400] })).toBe('/a.jpg?t=A&w=400 400w');
});

describe('signing', () => {
  const sign = (url: string) => `${url}&sig=x`;

  test('signs each candidate', () => {
    expect(srcSet('', 'a.jpg', { w: 4, h: 3 }, { widths: [320, 640] }, { sign })).toBe(
      '/a.jpg?t=A&w=320&h=240&sig=x 320w, /a.jpg?t=A&w=640&h=480&sig=x 640w',
    );
    expect(srcSet('', 'a.jpg', { w: 4 }, { dprs: [1, 2] }, { sign })).toBe(
      '/a.jpg?t=A&w=4&sig=x 1x, /a.jpg?t=A&w=4&dpr=2&sig=x 2x',
    );
  });

  test('signs the sources of a picture', () => {
    expect(pictureSources('', 'a.jpg', {}, { widths: [9] }, { sign }).map((source) => source.srcSet)).toEqual(
      [
        '/a.jpg?t=A&w=9&format=avif&sig=x 9w',
        '/a.jpg?t=A&w=9&format=webp&sig=x 9w',
        '/a.jpg?t=A&w=9&format=jpeg&sig=x 9w',
      ],
    );
  });
});

test('ResponsiveParams is the type of a crop in a variable', () => {
  const crop: ResponsiveParams = { w: 4, h: 3 };
  expect(pictureSources('', 'a.jpg', { w: crop.w, h: crop.h }, { widths: [4] })[0]?.srcSet).toBe(
    '/a.jpg?t=A&w=4&h=3&format=avif 4w',
  );
});
