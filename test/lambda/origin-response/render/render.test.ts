import sharp from 'sharp';
import { COMPASS, compass, compassPixels, noise } from '../../../../conformance/objects/draw';
import type { CropRequest } from '../../../../lambda/contract/crop-request';
import { resolve } from '../../../../lambda/contract/resolve';
import { cheaperEncoding } from '../../../../lambda/origin-response/plan/encoding';
import { plan } from '../../../../lambda/origin-response/plan/plan';
import type { RenderPlan } from '../../../../lambda/origin-response/plan/render-plan';
import { createSharpRenderer } from '../../../../lambda/origin-response/render/render';
import { sniff } from '../../../../lambda/origin-response/source/sniff';
import { readCroppingOptions } from '../../../../lib/configuration/cropping-options';
import { originalOf } from '../../../support/original-of';
import { distance, pixelAt, storedAs } from '../../../support/pictures';

const renderer = createSharpRenderer();
const SETTINGS = { ...readCroppingOptions({}), types: { A: {}, dark: { background: '102030' } } };

async function planOf(bytes: Buffer, params: Partial<CropRequest>): Promise<RenderPlan> {
  const source = await renderer.inspect(originalOf(bytes));
  const planned = plan(resolve({ t: 'A', ...params }, SETTINGS), source, SETTINGS);
  if (planned.kind === 'refuse') throw new Error(planned.reason);
  return planned.plan;
}

async function crop(bytes: Buffer, params: Partial<CropRequest> = {}): Promise<Buffer> {
  const planned = await planOf(bytes, params);
  return (await renderer.draw(originalOf(bytes), planned, false)).encode(planned.encoding);
}

/** Checks the corners' colours a few pixels from the edge, where no resampling reaches. */
async function expectCompass(image: Buffer, tolerance = 12): Promise<void> {
  const { width, height } = await sharp(image).metadata();
  const corners = {
    northwest: [4, 4],
    northeast: [width - 5, 4],
    southwest: [4, height - 5],
    southeast: [width - 5, height - 5],
  } as const;
  for (const [corner, [x, y]] of Object.entries(corners)) {
    const colour = await pixelAt(image, x, y);
    expect({ corner, off: distance(colour, COMPASS[corner as keyof typeof COMPASS]) > tolerance }).toEqual({
      corner,
      off: false,
    });
  }
}

/** Three frames, the middle one upside down. */
async function blinking(format: 'gif' | 'webp'): Promise<Buffer> {
  const frame = compassPixels(40, 20);
  const other = Buffer.from(frame).reverse();
  return sharp(Buffer.concat([frame, other, frame]), {
    raw: { width: 40, height: 60, channels: 3, pageHeight: 20 },
  })
    .toFormat(format, { delay: [100, 200, 300], loop: 3 })
    .toBuffer();
}

describe('formats', () => {
  const SOURCES = {
    jpeg: () => compass(200, 120).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    png: () => compass(200, 120).png().toBuffer(),
    webp: () => compass(200, 120).webp().toBuffer(),
    avif: () => compass(200, 120).avif({ effort: 0 }).toBuffer(),
    gif: () => compass(200, 120).gif().toBuffer(),
    tiff: () => compass(200, 120).tiff().toBuffer(),
  } as const;

  describe.each(Object.entries(SOURCES))('from %s', (name, draw) => {
    test.each(['jpeg', 'png', 'webp', 'avif'] as const)('to %s', async (format) => {
      const image = await crop(await draw(), { w: 100, h: 60, format });
      expect(await sharp(image).metadata()).toMatchObject({
        format: format === 'avif' ? 'heif' : format,
        width: 100,
        height: 60,
      });
      await expectCompass(image, 20);
    });

    test('to its own', async () => {
      const image = await crop(await draw(), { w: 100 });
      expect(sniff(image)).toBe(name === 'tiff' ? 'jpeg' : name);
    });
  });

  test('a TIFF with alpha gives a PNG', async () => {
    const tiff = await compass(40, 40).ensureAlpha(0.5).tiff({ compression: 'lzw' }).toBuffer();
    expect(sniff(await crop(tiff))).toBe('png');
  });
});

describe('orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '%i is shown upright, and the box is in upright pixels',
    async (orientation) => {
      const stored = await storedAs(orientation, 200, 120);
      const upright = await sharp(stored).autoOrient().png().toBuffer();
      await expectCompass(upright);
      const image = await crop(stored, { w: 100, h: 60 });
      expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 60 });
      expect((await sharp(image).metadata()).orientation).toBeUndefined();
      await expectCompass(image, 20);
    },
  );

  test.each(['png', 'webp', 'tiff'] as const)('is kept to in a %s', async (format) => {
    const stored = await sharp(await storedAs(6, 200, 120))
      .toFormat(format)
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const image = await crop(stored, { w: 100, h: 60, format: 'png' });
    expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 60 });
    await expectCompass(image, 20);
  });

  test('leaves the colours of a half transparent picture alone', async () => {
    const red = { r: 200, g: 100, b: 50, alpha: 0.3 };
    const stored = await sharp({ create: { width: 80, height: 40, channels: 4, background: red } })
      .png()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const image = await crop(stored, { w: 20 });
    expect(await sharp(image).metadata()).toMatchObject({ width: 20, height: 40 });
    expect(distance(await pixelAt(image, 10, 20), [200, 100, 50, 77])).toBeLessThan(10);
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('is gone from a %s', async (format) => {
    const image = await crop(await storedAs(6, 200, 120), { w: 100, format });
    expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 60 });
    await expectCompass(image, 20);
  });

  test('and a box, a place, a ground and a strategy are in upright pixels', async () => {
    const stored = await storedAs(8, 400, 100);
    const east = await crop(stored, { w: 50, h: 50, position: 'east' });
    expect(distance(await pixelAt(east, 25, 5), COMPASS.northeast)).toBeLessThan(20);
    const padded = await crop(stored, { w: 100, h: 100, fit: 'contain', format: 'png' });
    expect(await pixelAt(padded, 50, 5)).toEqual([255, 255, 255]);
    expect(distance(await pixelAt(padded, 5, 42), COMPASS.northwest)).toBeLessThan(20);
    for (const position of ['attention', 'entropy']) {
      const found = await crop(stored, { w: 80, h: 40, position });
      expect(await sharp(found).metadata()).toMatchObject({ width: 80, height: 40 });
    }
  });
});

describe('colour', () => {
  test('Display P3 becomes sRGB, and the profile is gone', async () => {
    const p3 = await compass(60, 60)
      .withIccProfile('p3')
      .jpeg({ chromaSubsampling: '4:4:4', quality: 95 })
      .toBuffer();
    expect((await sharp(p3).metadata()).icc).toBeDefined();
    const image = await crop(p3);
    expect((await sharp(image).metadata()).icc).toBeUndefined();
    await expectCompass(image);
  });

  test('CMYK becomes sRGB', async () => {
    const cmyk = await compass(60, 60)
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 95 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const image = await crop(cmyk, { format: 'png' });
    expect(await sharp(image).metadata()).toMatchObject({ space: 'srgb' });
    // Ink has no such blue: 85 is how far off the profile itself puts it.
    await expectCompass(image, 90);
  });

  test.each(['png', 'jpeg'] as const)('grey stays one channel in a %s', async (format) => {
    const grey = await compass(60, 60).toColourspace('b-w').png().toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    const image = await crop(grey, { w: 30, format });
    expect(await sharp(image).metadata()).toMatchObject({ space: 'b-w', channels: 1 });
    const [before] = await pixelAt(grey, 5, 5);
    expect(distance(await pixelAt(image, 3, 3), [before ?? 0])).toBeLessThan(5);
  });

  test('16 bits become 8', async () => {
    const deep = await compass(60, 60).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const image = await crop(deep);
    expect((await sharp(image).metadata()).depth).toBe('uchar');
    await expectCompass(image);
  });

  test('a gain map (UltraHDR) goes, and the picture stays what every screen shows', async () => {
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/></rdf:RDF></x:xmpmeta>';
    const primary = await compass(80, 60).jpeg({ chromaSubsampling: '4:4:4' }).withXmp(xmp).toBuffer();
    const gainMap = await noise(40, 30).greyscale().jpeg().toBuffer();
    const image = await crop(Buffer.concat([primary, gainMap]), { w: 60 });
    const header = await sharp(image).metadata();
    expect({ xmp: header.xmp, gainMap: header.gainMap }).toEqual({});
    await expectCompass(image, 20);
  });

  test('transparency is kept where there is a place for it, and white where there is none', async () => {
    const clear = await sharp(Buffer.alloc(40 * 40 * 4), { raw: { width: 40, height: 40, channels: 4 } })
      .png()
      .toBuffer();
    expect(await pixelAt(await crop(clear, { format: 'webp' }), 20, 20)).toHaveLength(4);
    expect(await pixelAt(await crop(clear, { format: 'jpeg' }), 20, 20)).toEqual([255, 255, 255]);
  });
});

describe('metadata', () => {
  test('EXIF, GPS above all, is gone', async () => {
    const tagged = await compass(60, 60)
      .jpeg()
      .withExif({ IFD0: { Artist: 'me' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 33/1 0/1' } })
      .toBuffer();
    expect((await sharp(tagged).metadata()).exif).toBeDefined();
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const { exif, xmp, iptc, icc } = await sharp(await crop(tagged, { w: 30, format })).metadata();
      expect({ exif, xmp, iptc, icc }).toEqual({});
    }
  });
});

describe('animation', () => {
  test.each([
    ['gif', 'gif'],
    ['webp', 'webp'],
    ['gif', 'webp'],
  ] as const)('%s to %s moves on', async (from, to) => {
    const source = await blinking(from);
    const image = await crop(source, { w: 20, h: 20, ...(from !== to && { format: to as 'webp' }) });
    expect(await sharp(image, { animated: true }).metadata()).toMatchObject({
      format: to,
      width: 20,
      pageHeight: 20,
      pages: 3,
      delay: [100, 200, 300],
      loop: 3,
    });
  });

  test('to jpeg shows its first frame', async () => {
    const image = await crop(await blinking('gif'), { format: 'jpeg' });
    expect(await sharp(image).metadata()).toMatchObject({ format: 'jpeg', width: 40, height: 20 });
    await expectCompass(image, 40);
  });

  test('every frame counts against the limit of pixels', async () => {
    const bytes = await blinking('gif');
    const source = await renderer.inspect(originalOf(bytes));
    const settings = { ...SETTINGS, limits: { ...SETTINGS.limits, sourcePixels: 2399 } };
    expect(plan(resolve({ t: 'A' }, settings), source, settings)).toMatchObject({ reason: 'source-pixels' });
    // A still needs the first one alone.
    expect(plan(resolve({ t: 'A', format: 'png' }, settings), source, settings)).toMatchObject({
      kind: 'render',
    });
  });
});

describe('loaders', () => {
  test('nothing but the six formats is decoded', async () => {
    await renderer.inspect(originalOf(await compass(10, 10).png().toBuffer()));
    await expect(
      sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')).metadata(),
    ).rejects.toThrow();
  });
});

describe('the box', () => {
  const wide = () => compass(400, 100).png().toBuffer();

  test.each([
    ['northwest', COMPASS.northwest, COMPASS.southwest],
    ['east', COMPASS.northeast, COMPASS.southeast],
    ['0.1,0.5', COMPASS.northwest, COMPASS.southwest],
    ['0.9,0.2', COMPASS.northeast, COMPASS.southeast],
  ])('cover at %s', async (position, above, below) => {
    const image = await crop(await wide(), { w: 50, h: 50, position });
    expect(distance(await pixelAt(image, 25, 5), above)).toBeLessThan(5);
    expect(distance(await pixelAt(image, 25, 44), below)).toBeLessThan(5);
  });

  test.each(['attention', 'entropy'])('%s finds what is there to see', async (position) => {
    // A flat ground with one small thing at the right.
    const ground = sharp({ create: { width: 600, height: 200, channels: 3, background: '#808080' } });
    const thing = await compass(40, 40).png().toBuffer();
    const image = await crop(
      await ground
        .composite([{ input: thing, left: 500, top: 80 }])
        .png()
        .toBuffer(),
      { w: 100, h: 100, position },
    );
    expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 100 });
    const { channels } = await sharp(image).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(5);
  });

  test('contain pads to the exact box, with the background of the type', async () => {
    const image = await crop(await wide(), { t: 'dark', w: 100, h: 100, fit: 'contain' });
    expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 100 });
    expect(await pixelAt(image, 50, 10)).toEqual([16, 32, 48]);
    expect(distance(await pixelAt(image, 10, 42), COMPASS.northwest)).toBeLessThan(12);
  });

  test('contain leaves a transparent picture on a transparent ground, but for a colour that was chosen', async () => {
    const half = { r: 200, g: 0, b: 0, alpha: 0.5 };
    const clear = await sharp({ create: { width: 40, height: 20, channels: 4, background: half } })
      .png()
      .toBuffer();
    const padded = (params: Partial<CropRequest>) => crop(clear, { w: 40, h: 40, fit: 'contain', ...params });
    expect((await pixelAt(await padded({}), 20, 3))[3]).toBe(0);
    expect(await pixelAt(await padded({ t: 'dark' }), 20, 3)).toEqual([16, 32, 48, 255]);
    expect(distance(await pixelAt(await padded({ format: 'jpeg' }), 20, 3), [255, 255, 255])).toBeLessThan(5);
  });

  test('inside may be smaller than the box', async () => {
    const image = await crop(await wide(), { w: 100, h: 100, fit: 'inside' });
    expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 25 });
  });

  test('contain of an animation pads every frame', async () => {
    const image = await crop(await blinking('gif'), { w: 40, h: 40, fit: 'contain' });
    expect(await sharp(image, { animated: true }).metadata()).toMatchObject({
      pages: 3,
      width: 40,
      pageHeight: 40,
    });
  });

  test('transparency under jpeg takes the background of the type', async () => {
    const clear = await sharp(Buffer.alloc(40 * 40 * 4), { raw: { width: 40, height: 40, channels: 4 } })
      .png()
      .toBuffer();
    const image = await crop(clear, { t: 'dark', format: 'jpeg' });
    expect(distance(await pixelAt(image, 20, 20), [16, 32, 48])).toBeLessThan(3);
  });
});

describe('a picture whose pixels are kept', () => {
  const clear = () =>
    sharp({ create: { width: 60, height: 40, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0.3 } } })
      .composite([{ input: { create: { width: 20, height: 20, channels: 3, background: '#0000ff' } } }])
      .png()
      .toBuffer();
  const SOURCES: Readonly<Record<string, () => Promise<Buffer>>> = {
    'a photo with a density': () => noise(90, 60).jpeg().withMetadata({ density: 300 }).toBuffer(),
    'one that lies on its side': () => storedAs(6, 90, 60),
    'CMYK with a profile': () =>
      compass(90, 60).toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
    '16 bits': () => compass(90, 60).toColourspace('rgb16').png().toBuffer(),
    grey: () => noise(90, 60).toColourspace('b-w').png().toBuffer(),
    transparency: clear,
    'a GIF that moves': () => blinking('gif'),
    'a WebP that moves': () => blinking('webp'),
    'a GIF whose frame stays longer than sharp can say': async () => {
      const slow = await blinking('gif');
      // The delay of the first frame, in hundredths of a second.
      slow.writeUInt16LE(7_000, slow.indexOf(Buffer.from([0x21, 0xf9, 4])) + 4);
      return slow;
    },
  };
  const QUERIES: Readonly<Record<string, Partial<CropRequest>>> = {
    'as it is': {},
    cut: { w: 20, h: 20, position: '0.2,0.6' },
    searched: { w: 30, h: 30, position: 'attention' },
    padded: { t: 'dark', w: 50, h: 50, fit: 'contain' },
  };

  describe.each(Object.entries(SOURCES))('%s', (_name, draw) => {
    test.each(Object.entries(QUERIES))('%s: has the same bytes at each encode', async (_query, params) => {
      const bytes = await draw();
      for (const format of ['jpeg', 'webp', 'avif'] as const) {
        const planned = await planOf(bytes, { ...params, format });
        const kept = await renderer.draw(originalOf(bytes), planned, true);
        const first = planned.encoding as Extract<RenderPlan['encoding'], { quality: number }>;
        for (const encoding of [first, cheaperEncoding(first) ?? first, { ...first, quality: 20 }]) {
          const anew = await (await renderer.draw(originalOf(bytes), planned, false)).encode(encoding);
          expect((await kept.encode(encoding)).equals(anew)).toBe(true);
        }
      }
    });
  });

  test('needs its source no more', async () => {
    const bytes = await noise(90, 60).png().toBuffer();
    const planned = await planOf(bytes, { format: 'webp' });
    const anew = await crop(bytes, { format: 'webp' });
    const kept = await renderer.draw(originalOf(bytes), planned, true);
    bytes.fill(0);
    expect((await kept.encode(planned.encoding)).equals(anew)).toBe(true);
  });
});

describe('a PNG', () => {
  const drawn = async (pixels: Buffer, width: number, height: number) => {
    const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const planned = await planOf(bytes, { format: 'png' });
    const picture = await renderer.draw(originalOf(bytes), planned, true);
    return { picture, traits: picture.traits, planned };
  };
  const colours = (count: number) =>
    Buffer.from(Array.from({ length: 120 * 90 }, (_, i) => [(i * 7) % count, 90, 250 - (i % count)]).flat());

  test.each([2, 5, 17, 256])('of %i colours keeps its pixels in an exact palette', async (count) => {
    const pixels = colours(count);
    const { picture, traits } = await drawn(pixels, 120, 90);
    expect(traits).toMatchObject({ colours: count });
    const palette = { format: 'png', palette: true, colours: count, dither: 0, effort: 4 } as const;
    const encoded = await picture.encode(palette);
    expect((await sharp(encoded).metadata()).isPalette).toBe(true);
    expect((await sharp(encoded).toColourspace('srgb').raw().toBuffer()).equals(pixels)).toBe(true);
  });

  const hash = (i: number) => {
    const mixed = Math.imul(i + 1, 2654435761);
    return Math.imul(mixed ^ (mixed >>> 15), 2246822519) >>> 8;
  };
  const pictureOf = (colour: (i: number) => readonly number[]) =>
    Buffer.from(Array.from({ length: 120 * 90 }, (_, i) => colour(i)).flat());

  test.each([
    [
      'dots, which filters smear',
      pictureOf((i) => (hash(i) % 9 === 0 ? [hash(i) & 255, 200, 3] : [250, 250, 250])),
      false,
    ],
    ['a slope, which filters level', pictureOf((i) => [i >> 6, i % 120, (i >> 7) + 9]), true],
  ])('of %s is the smaller of two', async (_name, pixels, isAdaptive) => {
    const { picture } = await drawn(pixels, 120, 90);
    const png = { format: 'png', palette: false, compressionLevel: 6 } as const;
    const adaptive = await picture.encode({ ...png, filters: 'adaptive' });
    const smaller = await picture.encode({ ...png, filters: 'smaller' });
    expect(smaller.equals(adaptive)).toBe(isAdaptive);
    expect(smaller.length).toBeLessThanOrEqual(adaptive.length);
    expect((await sharp(smaller).raw().toBuffer()).equals(pixels)).toBe(true);
  });
});
