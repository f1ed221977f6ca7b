import sharp from 'sharp';
import { compass } from '../../conformance/objects/draw';
import { encodeChunk } from '../../lambda/origin-response/containers/png-chunks';
import { handled } from '../support/handled';
import { distance, pixelAt } from '../support/pictures';

type Colour = readonly [number, number, number];

/** A flat PNG with chunks put in behind its header. */
async function png(colour: Colour, chunks: readonly Buffer[], bits: 8 | 16 = 8): Promise<Buffer> {
  const [r, g, b] = colour;
  const flat = sharp({ create: { width: 48, height: 48, channels: 3, background: { r, g, b } } });
  const bytes = await (bits === 16 ? flat.toColourspace('rgb16') : flat).png().toBuffer();
  return Buffer.concat([bytes.subarray(0, 33), ...chunks, bytes.subarray(33)]);
}

const uint32 = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
};
const cicp = (primaries: number, transfer: number) =>
  encodeChunk('cICP', Buffer.from([primaries, transfer, 0, 1]));
const gama = (value: number) => encodeChunk('gAMA', uint32(value));
const P3 = [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000];
const SRGB = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];
const chrm = (values: readonly number[]) => encodeChunk('cHRM', uint32(...values));
const srgb = encodeChunk('sRGB', Buffer.from([0]));

/** Computed from the definitions of the spaces, by hand: Display P3 200, 100, 50 is that in sRGB. */
const ORANGE: Colour = [200, 100, 50];
const ORANGE_IN_P3: Colour = [215, 93, 32];

async function expectColour(bytes: Buffer, expected: Colour, query = 't=A&w=24&format=png') {
  const { image, headers } = await handled(bytes, query);
  expect(headers['crop-status']).toMatch(/^rendered/);
  expect({ got: (await pixelAt(image, 5, 5)).slice(0, 3), expected }).toEqual({
    got: expect.anything(),
    expected,
  });
  expect(distance((await pixelAt(image, 5, 5)).slice(0, 3), expected)).toBeLessThan(3);
}

describe('a PNG', () => {
  test.each([
    ['cICP: Display P3', ORANGE, [cicp(12, 13)], ORANGE_IN_P3],
    ['cICP: linear', [128, 128, 128], [cicp(1, 8)], [188, 188, 188]],
    ['gAMA: linear', [128, 128, 128], [gama(100_000)], [188, 188, 188]],
    ['gAMA: 2.2 is as good as sRGB', ORANGE, [gama(45_455)], ORANGE],
    ['cHRM: Display P3', ORANGE, [chrm(P3)], ORANGE_IN_P3],
    ['gAMA and cHRM: Display P3', ORANGE, [gama(45_455), chrm(P3)], ORANGE_IN_P3],
    ['cICP before sRGB', ORANGE, [srgb, cicp(12, 13)], ORANGE_IN_P3],
    ['cICP before gAMA', ORANGE, [gama(100_000), cicp(12, 13)], ORANGE_IN_P3],
    ['sRGB before gAMA and cHRM', ORANGE, [gama(100_000), chrm(P3), srgb], ORANGE],
    ['cICP: sRGB', ORANGE, [cicp(1, 13)], ORANGE],
    ['codes that name nothing', ORANGE, [cicp(99, 99)], ORANGE],
    ['a gamma of nothing', ORANGE, [gama(0)], ORANGE],
    ['chromaticities of nothing', ORANGE, [chrm([0, 0, 0, 0, 0, 0, 0, 0])], ORANGE],
  ] as const)('%s', async (_name, colour, chunks, expected) => {
    await expectColour(await png(colour, chunks), expected);
    await expectColour(await png(colour, chunks, 16), expected);
  });

  test('cICP is before a profile, and a profile before gAMA', async () => {
    const profiled = await sharp(await png(ORANGE, []))
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const stored = await pixelAt(await sharp(profiled, { ignoreIcc: true }).png().toBuffer(), 5, 5);
    const withChunk = (chunk: Buffer) =>
      Buffer.concat([profiled.subarray(0, 33), chunk, profiled.subarray(33)]);
    await expectColour(withChunk(gama(100_000)), ORANGE);
    await expectColour(withChunk(cicp(1, 13)), stored as unknown as Colour);
  });

  test('in grey with a gamma', async () => {
    const grey = await sharp(await png([128, 128, 128], []))
      .toColourspace('b-w')
      .png()
      .toBuffer();
    const linear = Buffer.concat([grey.subarray(0, 33), gama(100_000), grey.subarray(33)]);
    const { image } = await handled(linear, 't=A&w=24');
    expect(distance((await pixelAt(image, 5, 5)).slice(0, 1), [188])).toBeLessThan(3);
    expect((await sharp(image).metadata()).channels).toBe(1);
  });

  test.each([
    ['HLG', 18],
    ['PQ', 16],
  ] as const)(
    'in HDR (%s) is toned down: black stays, white is white, and it rises between',
    async (_name, code) => {
      const levels: number[] = [];
      for (const value of [0, 60, 100, 130, 160, 190, 255]) {
        const { image } = await handled(
          await png([value, value, value], [cicp(9, code)], 16),
          't=A&w=24&format=png',
        );
        levels.push((await pixelAt(image, 5, 5))[0] ?? -1);
      }
      expect(levels[0]).toBe(0);
      expect(levels.at(-1)).toBe(255);
      expect(levels).toEqual([...levels].sort((a, b) => a - b));
      expect(new Set(levels).size).toBeGreaterThan(5);
    },
  );

  test('whose colours are described by code is not clean: it is never kept', async () => {
    const small = await png(ORANGE, [cicp(12, 13)]);
    expect((await handled(small, 't=A')).headers['crop-status']).toMatch(/^rendered/);
    const same = await png(ORANGE, [gama(45_455), chrm(SRGB)]);
    expect((await handled(same, 't=A')).headers['crop-status']).toMatch(/smaller|rendered/);
  });
});

describe('an AVIF', () => {
  /** With other code points in its `nclx`. */
  async function avif(primaries: number, transfer: number, bitdepth: 8 | 10 = 8): Promise<Buffer> {
    const flat = sharp({
      create: { width: 64, height: 64, channels: 3, background: { r: 200, g: 100, b: 50 } },
    });
    const bytes = await flat.avif({ lossless: true, chromaSubsampling: '4:4:4', bitdepth }).toBuffer();
    const at = bytes.indexOf('nclx');
    expect(at).toBeGreaterThan(0);
    bytes.writeUInt16BE(primaries, at + 4);
    bytes.writeUInt16BE(transfer, at + 6);
    return bytes;
  }

  test.each([
    [12, 13, ORANGE_IN_P3],
    [1, 13, ORANGE],
    [2, 2, ORANGE],
    // The curve of television is shown as that of sRGB.
    [1, 1, ORANGE],
  ] as const)('with the codes %i and %i', async (primaries, transfer, expected) => {
    await expectColour(await avif(primaries, transfer), expected);
  });

  test('in HDR is toned down', async () => {
    const { image, headers } = await handled(await avif(9, 16), 't=A&w=24&format=png');
    expect(headers['crop-status']).toMatch(/^rendered/);
    const [r = 0, g = 0, b = 0] = await pixelAt(image, 5, 5);
    expect([r > g, g >= b, r > 240]).toEqual([true, true, true]);
  });

  test('as a sequence shows its picture', async () => {
    const bytes = await compass(64, 48).avif({ effort: 0 }).toBuffer();
    bytes.write('avis', 8, 'latin1');
    const { image, headers } = await handled(bytes, 't=A&w=32&format=png');
    expect(headers['crop-status']).toMatch(/^rendered;size=32x24/);
    expect(
      distance(
        await pixelAt(image, 3, 3),
        await pixelAt(
          await sharp(bytes.fill('avif', 8, 12))
            .png()
            .toBuffer(),
          6,
          6,
        ),
      ),
    ).toBeLessThan(12);
  });
});

describe('an animated PNG', () => {
  /** The chunk that says how many frames there are. */
  const moving = async () => png(ORANGE, [encodeChunk('acTL', uint32(2, 0))]);

  test.each([
    '',
    '&format=auto-avif',
    '&format=auto-webp',
    '&format=auto-jpeg',
    '&format=jpeg',
    '&format=png',
  ])('stays as it is, and that is said: %s', async (format) => {
    const { headers, response, log } = await handled(await moving(), `t=A&w=20${format}`);
    expect(response.body).toBeUndefined();
    expect(headers).toMatchObject({
      'crop-status': 'original;reason=animated-png;type=apng',
      etag: '"original"',
    });
    expect(log).toMatchObject([{ outcome: 'not-cropped', reason: 'animated-png' }]);
  });

  test('does not go out where originals are denied', async () => {
    const { response } = await handled(await moving(), 't=A&w=20', { originals: 'deny' });
    expect(response.status).toBe('415');
  });
});
