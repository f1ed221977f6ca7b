import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { COMPASS, compass, compassPixels } from '../../../../conformance/objects/draw';
import type { CropRequest } from '../../../../lambda/contract/crop-request';
import { resolve } from '../../../../lambda/contract/resolve';
import { copySize, withinBorder } from '../../../../lambda/origin-response/plan/border';
import type { Window } from '../../../../lambda/origin-response/plan/geometry/geometry';
import { plan } from '../../../../lambda/origin-response/plan/plan';
import { createSharpRenderer } from '../../../../lambda/origin-response/render/render';
import { readCroppingOptions } from '../../../../lib/configuration/cropping-options';
import { originalOf } from '../../../support/original-of';
import { distance, pixelAt, storedAs } from '../../../support/pictures';

const renderer = createSharpRenderer();
const SETTINGS = readCroppingOptions({ types: { sharp: { sharpen: 'mild' } } });

async function crop(bytes: Buffer, params: Partial<CropRequest>, trimmed?: Window): Promise<Buffer> {
  const source = await renderer.inspect(originalOf(bytes));
  const planned = plan(resolve({ t: 'A', ...params }, SETTINGS), source, SETTINGS, { trimmed });
  if (planned.kind === 'refuse') throw new Error(planned.reason);
  return (await renderer.draw(originalOf(bytes), planned.plan, false)).encode(planned.plan.encoding);
}

const NAMES = { northwest: 'R', northeast: 'G', southwest: 'B', southeast: 'Y' } as const;

/** The colours of the corners, from the upper left in reading order; `?` for another colour. */
async function corners(image: Buffer): Promise<string> {
  const { width, height } = await sharp(image).metadata();
  const points = [
    [3, 3],
    [width - 4, 3],
    [3, height - 4],
    [width - 4, height - 4],
  ] as const;
  const colours = await Promise.all(points.map(([x, y]) => pixelAt(image, x, y)));
  return colours
    .map((colour) => {
      const found = Object.entries(COMPASS).find(([, wanted]) => distance(colour.slice(0, 3), wanted) < 40);
      return found ? NAMES[found[0] as keyof typeof NAMES] : '?';
    })
    .join('');
}

/** Turned on paper, not on pixels. */
function laid(picture: string, rotate: number, flip: string): string {
  let [a, b, c, d] = picture.split('');
  for (let quarter = 0; quarter < rotate / 90; quarter++) [a, b, c, d] = [c, a, d, b];
  if (flip.includes('h')) [a, b, c, d] = [b, a, d, c];
  if (flip.includes('v')) [a, b, c, d] = [c, d, a, b];
  return [a, b, c, d].join('');
}

const ROTATIONS = [0, 90, 180, 270] as const;
const FLIPS = ['', 'h', 'v', 'hv'] as const;
const said = (rotate: number, flip: string) => ({ rotate, ...(flip && { flip: flip as 'h' }) });

describe('rotate and flip', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('after EXIF orientation %i: all sixteen', async (orientation) => {
    const stored = await storedAs(orientation, 48, 32);
    for (const rotate of ROTATIONS) {
      for (const flip of FLIPS) {
        const image = await crop(stored, { ...said(rotate, flip), format: 'png' });
        const { width, height } = await sharp(image).metadata();
        expect({ rotate, flip, is: await corners(image), width, height }).toEqual({
          rotate,
          flip,
          is: laid('RGBY', rotate, flip),
          width: rotate % 180 === 0 ? 48 : 32,
          height: rotate % 180 === 0 ? 32 : 48,
        });
      }
    }
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'the box is of the turned picture, as %s',
    async (format) => {
      const image = await crop(await compass(60, 40).png().toBuffer(), { rotate: 90, w: 20, h: 30, format });
      expect(await sharp(image).metadata()).toMatchObject({ width: 20, height: 30 });
      expect(await corners(image)).toBe(laid('RGBY', 90, ''));
    },
  );
});

describe('rect', () => {
  const picture = compass(80, 40).png().toBuffer();

  test.each([
    ['0,0,0.5,0.5', {}, 40, 20, 'RRRR'],
    ['0.5,0,0.5,1', {}, 40, 40, 'GGYY'],
    ['0.25,0.25,0.5,0.5', {}, 40, 20, 'RGBY'],
    ['0.5,0,0.5,1', { w: 20 }, 20, 20, 'GGYY'],
    ['0.5,0,0.5,1', { w: 20, h: 10, position: 'south' }, 20, 10, 'YYYY'],
    ['0.5,0.5,1,1', { w: 30, h: 30, fit: 'contain', background: '1ea03c' }, 30, 30, 'GGGG'],
    ['0,0,0.5,1', { rotate: 90 }, 20, 80, 'BBYY'],
    ['0,0,0.5,1', { flip: 'h' }, 40, 40, 'GGYY'],
    ['0.5,0,0.5,1', { w: 20, h: 10, position: 'attention' }, 20, 10, undefined],
    ['1,1,0,0', {}, 1, 1, undefined],
  ] as const)('%s with %j', async (rect, params, width, height, expected) => {
    const image = await crop(await picture, { rect, format: 'png', ...params });
    expect(await sharp(image).metadata()).toMatchObject({ width, height });
    if (expected) expect(await corners(image)).toBe(expected);
  });

  test('attention looks within it', async () => {
    // A bright spot far left, and a lesser one in the right half.
    const spot = (left: number, colour: string) => ({
      input: { create: { width: 8, height: 8, channels: 3 as const, background: colour } },
      left,
      top: 16,
    });
    const bytes = await sharp({ create: { width: 160, height: 40, channels: 3, background: '#808080' } })
      .composite([spot(10, '#ff0000'), spot(140, '#c05040')])
      .png()
      .toBuffer();
    const image = await crop(bytes, {
      rect: '0.5,0,0.5,1',
      w: 20,
      h: 40,
      position: 'attention',
      format: 'png',
    });
    const { data } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
    const reds = [...data].filter((value, i) => i % 3 === 0 && value > 180).length;
    expect(reds).toBeGreaterThan(40);
  });

  test('of a picture on its side is of the upright one', async () => {
    const image = await crop(await storedAs(6, 80, 40), { rect: '0,0.5,0.5,0.5', format: 'png' });
    expect(await sharp(image).metadata()).toMatchObject({ width: 40, height: 20 });
    expect(await corners(image)).toBe('BBBB');
  });
});

describe('background', () => {
  const dots = sharp({
    create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer();
  const grey = sharp({ create: { width: 20, height: 20, channels: 3, background: '#777777' } })
    .toColourspace('b-w')
    .png()
    .toBuffer();

  test('lies under a transparent picture as JPEG', async () => {
    const image = await crop(await dots, { format: 'jpeg', background: 'ff0000' });
    expect(distance(await pixelAt(image, 5, 5), [255, 0, 0])).toBeLessThan(6);
  });

  test.each([
    ['a clear picture', dots, {}, 'clear'],
    ['a clear picture, with a colour', dots, { background: '00ff00' }, [0, 255, 0, 255]],
    ['a grey picture', grey, { background: '00ff00' }, [0, 255, 0]],
    ['a grey picture, without a colour', grey, {}, [255, 255, 255]],
    ['a grey picture, transparent', grey, { background: 'transparent' }, 'clear'],
  ] as const)('is around %s that is padded', async (_name, picture, params, expected) => {
    const image = await crop(await picture, { w: 40, h: 20, fit: 'contain', format: 'png', ...params });
    const colour = await pixelAt(image, 2, 10);
    // What is clear may have any colour.
    expect(colour.length === 4 && colour[3] === 0 ? 'clear' : colour).toEqual(expected);
  });

  test('as JPEG what is transparent is the deployment\u2019s colour', async () => {
    const image = await crop(await grey, {
      w: 40,
      h: 20,
      fit: 'contain',
      format: 'jpeg',
      background: 'transparent',
    });
    expect(distance(await pixelAt(image, 2, 10), [255, 255, 255])).toBeLessThan(6);
  });
});

describe('blur', () => {
  /** How many columns of a black and white picture are neither. */
  async function softness(image: Buffer): Promise<number> {
    const { data, info } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true });
    const row = [...data.subarray(0, info.width * info.channels)].filter((_, i) => i % info.channels === 0);
    return row.filter((value) => value > 25 && value < 230).length;
  }
  const halves = sharp({ create: { width: 200, height: 20, channels: 3, background: 'black' } })
    .composite([
      { input: { create: { width: 100, height: 20, channels: 3, background: 'white' } }, left: 100, top: 0 },
    ])
    .png()
    .toBuffer();

  test('is so many pixels of the page, whatever the screen', async () => {
    const bytes = await halves;
    const one = await softness(await crop(bytes, { w: 100, blur: 4, format: 'png' }));
    const two = await softness(await crop(bytes, { w: 100, blur: 4, dpr: 2, format: 'png' }));
    expect(await softness(await crop(bytes, { w: 100, format: 'png' }))).toBeLessThan(3);
    expect(one).toBeGreaterThan(7);
    expect(two / one).toBeGreaterThan(1.7);
    expect(two / one).toBeLessThan(2.3);
  });

  test.each(['jpeg', 'webp', 'avif'] as const)('as %s, turned and cut', async (format) => {
    const image = await crop(await halves, { rotate: 180, rect: '0.25,0,0.5,1', blur: 3, format });
    expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 20 });
    expect(await softness(image)).toBeGreaterThan(5);
    expect(distance((await pixelAt(image, 2, 10)).slice(0, 3), [255, 255, 255])).toBeLessThan(12);
  });
});

describe('an animation', () => {
  /** Frames of two colours, left and right, that change places. */
  async function blinking(format: 'gif' | 'webp'): Promise<Buffer> {
    const frame = compassPixels(40, 20);
    const other = await sharp(frame, { raw: { width: 40, height: 20, channels: 3 } })
      .rotate(180)
      .raw()
      .toBuffer();
    return sharp(Buffer.concat([frame, other, frame]), {
      raw: { width: 40, height: 60, channels: 3, pageHeight: 20 },
    })
      .toFormat(format, { delay: [100, 200, 300], loop: 3 })
      .toBuffer();
  }

  async function frame(image: Buffer, page: number): Promise<Buffer> {
    return sharp(image, { page }).png().toBuffer();
  }

  describe.each(['gif', 'webp'] as const)('%s', (format) => {
    test.each([
      [{ rotate: 90 }, 20, 40, laid('RGBY', 90, '')],
      [{ rotate: 180 }, 40, 20, laid('RGBY', 180, '')],
      [{ flip: 'h' }, 40, 20, laid('RGBY', 0, 'h')],
      [{ flip: 'v', rotate: 90 }, 20, 40, laid('RGBY', 90, 'v')],
      [{ rect: '0,0,0.5,0.5' }, 20, 10, 'RRRR'],
      [{ rect: '0,0,0.5,1', rotate: 90 }, 10, 40, 'BBYY'],
      [{ blur: 0.5 }, 40, 20, 'RGBY'],
      [{ blur: 0.5, rotate: 270, w: 16, h: 32 }, 16, 32, laid('RGBY', 270, '')],
    ] as const)('each frame with %j, in its time', async (params, width, height, first) => {
      const image = await crop(await blinking(format), params);
      expect(await sharp(image, { animated: true }).metadata()).toMatchObject({
        format,
        width,
        pageHeight: height,
        pages: 3,
        delay: [100, 200, 300],
        loop: 3,
      });
      expect(await corners(await frame(image, 0))).toBe(first);
      expect(await corners(await frame(image, 2))).toBe(first);
      if (!('rect' in params)) expect(await corners(await frame(image, 1))).toBe(laid(first, 180, ''));
    });

    test('with animated=false is its first frame', async () => {
      const image = await crop(await blinking(format), { animated: false });
      const { pages = 1, width, height } = await sharp(image).metadata();
      expect({ pages, width, height }).toEqual({ pages: 1, width: 40, height: 20 });
      expect(await corners(image)).toBe('RGBY');
    });
  });

  test.each([
    ['gif', 65_540],
    ['webp', 65_535],
  ] as const)(
    'a frame of a %s that stays longer than sharp can say stays as long as it can',
    async (format, longest) => {
      const slow = await blinking('gif');
      // The delay of the first frame, in hundredths of a second.
      slow.writeUInt16LE(7_000, slow.indexOf(Buffer.from([0x21, 0xf9, 4])) + 4);
      const { delay, loop } = await sharp(
        await crop(slow, { rotate: 90, ...(format === 'webp' && { format }) }),
        {
          animated: true,
        },
      ).metadata();
      expect({ delay, loop }).toEqual({ delay: [longest, 200, 300], loop: 3 });
    },
  );

  test('a blurred frame takes nothing from the next', async () => {
    const white = Buffer.alloc(20 * 20 * 3, 255);
    const black = Buffer.alloc(20 * 20 * 3, 0);
    const bytes = await sharp(Buffer.concat([white, black]), {
      raw: { width: 20, height: 40, channels: 3, pageHeight: 20 },
    })
      .webp({ lossless: true })
      .toBuffer();
    const image = await crop(bytes, { blur: 5 });
    expect(
      distance((await pixelAt(await frame(image, 0), 10, 19)).slice(0, 3), [255, 255, 255]),
    ).toBeLessThan(6);
    expect(distance((await pixelAt(await frame(image, 1), 10, 0)).slice(0, 3), [0, 0, 0])).toBeLessThan(6);
  });
});

describe('trim', () => {
  /** A compass within a border. */
  async function bordered(scale: number, border: Window, colour: string): Promise<Buffer> {
    const { left, top, width, height } = border;
    const inner = await compass(width * scale, height * scale)
      .png()
      .toBuffer();
    return sharp({ create: { width: 100 * scale, height: 80 * scale, channels: 3, background: colour } })
      .composite([{ input: inner, left: left * scale, top: top * scale }])
      .png({ compressionLevel: 1 })
      .toBuffer();
  }

  async function content(bytes: Buffer, tolerance = 10): Promise<Window | undefined> {
    const source = await renderer.inspect(originalOf(bytes));
    const copy = await renderer.copy(originalOf(bytes), copySize(source), source.frames);
    return withinBorder(copy, source, tolerance);
  }

  const BORDER = { left: 13, top: 7, width: 61, height: 50 };

  test('a small picture is cut to the pixel', async () => {
    expect(await content(await bordered(1, BORDER, 'white'))).toEqual(BORDER);
    expect(await content(await bordered(1, BORDER, 'black'))).toEqual(BORDER);
  });

  test('a large one to the half of a pixel of its copy', async () => {
    const found = await content(await bordered(31, BORDER, 'white'));
    const pixel = 3100 / 512;
    for (const side of ['left', 'top', 'width', 'height'] as const) {
      expect([side, Math.abs((found?.[side] ?? 0) - BORDER[side] * 31) < pixel / 2]).toEqual([side, true]);
    }
  });

  test('a picture of one colour has no content, and none is cut of one without border', async () => {
    const white = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    expect(await content(white)).toBeUndefined();
    expect(await content(await compass(30, 20).png().toBuffer())).toEqual({
      left: 0,
      top: 0,
      width: 30,
      height: 20,
    });
  });

  test('a clear border is one, whatever colours are stored in it', async () => {
    const pixels = Buffer.alloc(20 * 20 * 4);
    for (let i = 0; i < 400; i++) {
      const isInside = i % 20 >= 5 && i % 20 < 12 && i >= 60 && i < 200;
      pixels.set(isInside ? [0, 0, 0, 255] : [i % 256, (i * 7) % 256, 9, 0], i * 4);
    }
    const bytes = await sharp(pixels, { raw: { width: 20, height: 20, channels: 4 } })
      .png()
      .toBuffer();
    expect(await content(bytes)).toEqual({ left: 5, top: 3, width: 7, height: 7 });
  });

  test('the tolerance says what is the same colour', async () => {
    const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#ffffff' } })
      .composite([
        { input: { create: { width: 10, height: 10, channels: 3, background: '#f0f0f0' } }, left: 5, top: 5 },
      ])
      .png()
      .toBuffer();
    expect(await content(bytes, 10)).toEqual({ left: 5, top: 5, width: 10, height: 10 });
    expect(await content(bytes, 20)).toBeUndefined();
  });

  test.each([
    [{}, 61, 50, 'RGBY'],
    [{ rotate: 90 }, 50, 61, laid('RGBY', 90, '')],
    [{ flip: 'h' }, 61, 50, laid('RGBY', 0, 'h')],
    [{ rect: '0,0,0.5,0.5' }, 31, 25, 'RRRR'],
    [{ w: 30, h: 30, fit: 'cover' }, 30, 30, 'RGBY'],
    [{ w: 30, h: 30, blur: 0.3 }, 30, 30, 'RGBY'],
  ] as const)('goes before %j', async (params, width, height, expected) => {
    const image = await crop(await bordered(1, BORDER, 'white'), { format: 'png', ...params }, BORDER);
    expect(await sharp(image).metadata()).toMatchObject({ width, height });
    expect(await corners(image)).toBe(expected);
  });
});

test('a type that sharpens does so below a half, and only there', async () => {
  const bytes = await sharp(readFileSync('samples/images/tower.jpg')).resize(400).png().toBuffer();
  const energy = async (t: string, w: number) =>
    (
      await sharp(await crop(bytes, { t, w, format: 'png' }))
        .greyscale()
        .convolve({
          width: 3,
          height: 3,
          kernel: [0, -1, 0, -1, 4, -1, 0, -1, 0],
          offset: 128,
        })
        .stats()
    ).channels[0]?.stdev ?? 0;
  expect(await energy('sharp', 100)).toBeGreaterThan(1.01 * (await energy('A', 100)));
  expect(await energy('sharp', 300)).toBeCloseTo(await energy('A', 300), 5);
});
