import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import sharp from 'sharp';
import { COMPASS, compass, noise } from '../../conformance/objects/draw';
import { handled } from '../support/handled';
import { encodeHeic, gridOf, HEIF_ENC, saying, withProperty } from '../support/heic';
import { distance, pixelAt } from '../support/pictures';
import { testWith } from '../support/programs';

const ON = { heic: true } as const;

// What is measured is a leak, not when the engine last collected.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const test = testWith('heif-enc', HEIF_ENC);

const png = (width: number, height: number) => compass(width, height).png().toBuffer();

async function expectCompass(image: Buffer): Promise<void> {
  const { width, height } = await sharp(image).metadata();
  const corners = [
    [4, 4, COMPASS.northwest],
    [width - 5, 4, COMPASS.northeast],
    [4, height - 5, COMPASS.southwest],
    [width - 5, height - 5, COMPASS.southeast],
  ] as const;
  for (const [x, y, colour] of corners) {
    expect(distance((await pixelAt(image, x, y)).slice(0, 3), colour)).toBeLessThan(25);
  }
}

test('is not decoded unless the settings say so, and that is said', async () => {
  const { headers, log } = await handled(encodeHeic(await png(200, 120)), 't=A&w=100');
  expect(headers).toMatchObject({
    'crop-status': 'original;reason=not-cropped;type=heic',
    etag: '"original"',
  });
  expect(log).toMatchObject([{ outcome: 'not-cropped', type: 'heic' }]);
});

test.each([
  ['', 'image/jpeg'],
  ['&format=auto', 'image/jpeg'],
  ['&format=auto-jpeg', 'image/jpeg'],
  ['&format=auto-webp', 'image/webp'],
  ['&format=auto-avif', 'image/avif'],
  ['&format=png', 'image/png'],
] as const)('is cropped: %s gives %s', async (format, type) => {
  const heic = encodeHeic(await png(200, 120));
  const { headers, image } = await handled(heic, `t=A&w=100&h=60${format}`, ON);
  expect(headers['content-type']).toBe(type);
  expect(headers['crop-status']).toMatch(/^rendered;size=100x60/);
  await expectCompass(image);
});

test('is upright once, by `irot`, and EXIF is not applied as well', async () => {
  // Stored as a camera held on its side stores it; three quarters of a turn against the clock make it upright.
  const stored = await sharp(await compass(120, 200).png().toBuffer())
    .rotate(270)
    .png()
    .toBuffer();
  const turned = withProperty(encodeHeic(stored), 'irot', Buffer.from([3]));
  const { headers, image } = await handled(turned, 't=A&w=60', ON);
  expect(headers['crop-status']).toMatch(/^rendered;size=60x100/);
  await expectCompass(image);
});

test('is turned, mirrored and trimmed as any other original is', async () => {
  const bordered = await compass(120, 80)
    .extend({ top: 20, bottom: 20, left: 20, right: 20, background: '#ffffff' })
    .png()
    .toBuffer();
  const { headers, image } = await handled(
    encodeHeic(bordered),
    't=A&rotate=90&flip=h&trim=30&format=png',
    ON,
  );
  const [, width, height] = /^rendered;size=(\d+)x(\d+)/.exec(headers['crop-status'] ?? '') ?? [];
  expect(Math.abs(Number(width) - 80)).toBeLessThanOrEqual(2);
  expect(Math.abs(Number(height) - 120)).toBeLessThanOrEqual(2);
  // Back again: the mirror first.
  await expectCompass(
    await sharp(await sharp(image).flop().toBuffer())
      .rotate(270)
      .png()
      .toBuffer(),
  );
});

test('of tiles, as phones store it, is put together', async () => {
  const whole = await compass(256, 128).png().toBuffer();
  const half = (left: number) =>
    sharp(whole).extract({ left, top: 0, width: 128, height: 128 }).png().toBuffer();
  const tiles = [encodeHeic(await half(0)), encodeHeic(await half(128))];
  const heic = gridOf(tiles, 2, 256, 128);
  const { headers, image } = await handled(heic, 't=A&w=128', ON);
  expect(headers['crop-status']).toMatch(/^rendered;size=128x64/);
  await expectCompass(image);
  // The second tile is not all there.
  const cut = await handled(heic.subarray(0, -20), 't=A&w=128', ON);
  expect(cut.headers['crop-status']).toBe('original;reason=undecodable');
});

test('in Display P3 becomes sRGB, by profile and by code', async () => {
  const flat = sharp({ create: { width: 64, height: 64, channels: 3, background: '#c86432' } });
  const plain = await flat.clone().png().toBuffer();
  // The same stored values, once with the profile.
  const p3 = await sharp(await flat.clone().withIccProfile('p3').png().toBuffer(), { ignoreIcc: true })
    .raw()
    .toBuffer();
  const profiled = await sharp(p3, { raw: { width: 64, height: 64, channels: 3 } })
    .withIccProfile('p3')
    .png()
    .toBuffer();
  const lossless = ['-L', '-p', 'chroma=444', '--matrix_coefficients=0'];
  const byProfile = await handled(encodeHeic(profiled, ...lossless), 't=A&w=32&format=png', ON);
  expect(
    distance(
      await pixelAt(byProfile.image, 9, 9),
      await pixelAt(await sharp(profiled).toColourspace('srgb').png().toBuffer(), 9, 9),
    ),
  ).toBeLessThan(6);
  // Display P3, the curve of sRGB, the matrix of BT.601, in full range.
  const code = Buffer.from([...Buffer.from('nclx'), 0, 12, 0, 13, 0, 6, 0x80]);
  const coded = withProperty(encodeHeic(plain, '-q', '95', '-p', 'chroma=444'), 'colr', code);
  const byCode = await handled(coded, 't=A&w=32&format=png', ON);
  expect(distance(await pixelAt(byCode.image, 9, 9), [215, 93, 32])).toBeLessThan(4);
});

test('of 10 bits, and with alpha', async () => {
  const deep = await compass(128, 96).toColourspace('rgb16').png().toBuffer();
  const ten = await handled(encodeHeic(deep, '-b', '10'), 't=A&w=64', ON);
  expect(ten.headers['crop-status']).toMatch(/^rendered;size=64x48/);
  await expectCompass(ten.image);
  const clear = await compass(128, 96).ensureAlpha(0.5).png().toBuffer();
  const alpha = await handled(encodeHeic(clear), 't=A&w=64', ON);
  expect(alpha.headers['content-type']).toBe('image/png');
  expect(distance(await pixelAt(alpha.image, 4, 4), [...COMPASS.northwest, 128])).toBeLessThan(12);
});

test('with a thumbnail that holds the crop is decoded from it, and looks the same', async () => {
  const picture = await compass(800, 600).blur(8).png().toBuffer();
  const [plain, withThumbnail] = [encodeHeic(picture), encodeHeic(picture, '-t', '200')];
  for (const query of ['t=A&w=100&h=75&format=png', 't=A&w=80&h=80&format=png', 't=A&w=200&format=png']) {
    const [full, small] = [await handled(plain, query, ON), await handled(withThumbnail, query, ON)];
    expect(small.headers['crop-status']?.split(';')[1]).toBe(full.headers['crop-status']?.split(';')[1]);
    const [a, b] = await Promise.all([full, small].map(({ image }) => sharp(image).raw().toBuffer()));
    const mean = [...(a ?? [])].reduce((sum, value, i) => sum + Math.abs(value - (b?.[i] ?? 0)), 0);
    expect(mean / (a?.length ?? 1)).toBeLessThan(2);
  }
});

test('that is not whole is never drawn', async () => {
  const heic = encodeHeic(await noise(160, 120).png().toBuffer());
  for (const part of [0.02, 0.3, 0.9, 0.99]) {
    const cut = heic.subarray(0, Math.floor(heic.length * part));
    const { headers } = await handled(cut, 't=A&w=80', ON);
    expect(headers['crop-status']).toMatch(/^original;reason=(undecodable|not-cropped;type=\w+)$/);
  }
});

test('of tiles, whose end was overwritten with zeros, is never drawn', async () => {
  const tile = encodeHeic(await noise(128, 128).png().toBuffer());
  const heic = gridOf([tile, tile], 2, 256, 128);
  const zeros = Buffer.from(heic).fill(0, heic.length - Math.floor(tile.length * 1.2));
  const { headers } = await handled(zeros, 't=A&w=80', ON);
  expect(headers['crop-status']).toBe('original;reason=undecodable');
});

test.each([
  ['says 289 megapixels', (heic: Buffer) => saying(heic, 17_000, 17_000), 'source-pixels'],
  [
    'says 48 megapixels and has few',
    (heic: Buffer) => saying(heic, 8_000, 6_000),
    'source-pixels|undecodable',
  ],
  [
    'is a tile of itself',
    (heic: Buffer) => {
      const looped = gridOf([heic, heic], 2, 256, 64);
      // The grid is item 3; its tiles are 1 and 2.
      const tiles = looped.indexOf('dimg') + 8;
      looped.writeUInt16BE(3, tiles);
      return looped;
    },
    'undecodable',
  ],
] as const)('that %s is the original', async (_name, change, reasons) => {
  const { headers } = await handled(change(encodeHeic(await png(128, 64))), 't=A&w=40', ON);
  expect(headers['crop-status']).toMatch(new RegExp(`^original;reason=(${reasons})$`));
});

test('is freed after it was decoded', async () => {
  const heic = encodeHeic(await png(1024, 768));
  const decode = async (times: number) => {
    for (let i = 0; i < times; i++) await handled(heic, `t=A&w=${20 + (i % 9)}`, ON);
    collectGarbage();
    return process.memoryUsage();
  };
  const before = await decode(10);
  const after = await decode(80);
  // A picture has 2.4 MB, so a leak of one each would be 190 MB. What is not collected yet was 26 MB once.
  expect(after.arrayBuffers + after.external - before.arrayBuffers - before.external).toBeLessThan(
    80_000_000,
  );
}, 60_000);

test('counts against the limit of pixels', async () => {
  const heic = encodeHeic(await png(200, 120));
  const { headers } = await handled(heic, 't=A&w=20', { heic: true, limits: { sourcePixels: 20_000 } });
  expect(headers['crop-status']).toBe('original;reason=source-pixels');
});
