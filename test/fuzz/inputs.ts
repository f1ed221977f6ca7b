import { noise } from '../../conformance/objects/draw';
import type { EventOptions } from '../support/events';
import { HEIF_ENC } from '../support/heic';
import { avifThatSays, gifOfFrames, pngBomb } from '../support/hostile';
import { FOREIGN_KINDS, HEIC_KINDS, KINDS } from '../support/kinds/kinds';
import { createRandom, type Random } from './random';

/** One request and the original that S3 gives for it. */
export interface FuzzInput {
  readonly event: EventOptions;
  readonly bytes: Buffer;
}

/** The same inputs for the same seed. */
export async function* createInputs(runs: number, seed: number): AsyncGenerator<FuzzInput> {
  const random = createRandom(seed);
  const pictures = await drawPictures();
  for (let i = 0; i < runs; i++) {
    yield { event: event(random), bytes: original(pictures, random) };
  }
}

/** Every kind of original, and some that are dear. */
async function drawPictures(): Promise<Pictures> {
  const kinds = [...Object.values(KINDS).flat(), ...(HEIF_ENC === undefined ? [] : HEIC_KINDS)];
  const whole = kinds.filter(({ becomes }) => becomes.kind === 'picture');
  const others = [...kinds.filter((kind) => !whole.includes(kind)), ...FOREIGN_KINDS];
  return {
    whole: [
      ...(await Promise.all(whole.map(({ make }) => make()))),
      gifOfFrames(6, 20),
      await noise(64, 64).png().toBuffer(),
      await noise(160, 120).jpeg().toBuffer(),
      await noise(40, 40).webp().toBuffer(),
    ],
    others: [
      ...(await Promise.all(others.map(({ make }) => make()))),
      pngBomb(20_000, 20_000).subarray(0, 2_000),
      await avifThatSays(17_000, 17_000),
    ],
  };
}

interface Pictures {
  readonly whole: readonly Buffer[];
  readonly others: readonly Buffer[];
}

/** Most are pictures, and most of those are whole: what breaks is refused early, and tests little. */
function original({ whole, others }: Pictures, random: Random): Buffer {
  const picture = random.pick(random.below(12) === 0 ? others : whole);
  return random.below(6) === 0 ? mutate(picture, random.pick(whole), random) : picture;
}

/** Cuts, flips, or splices. */
function mutate(picture: Buffer, other: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(picture);
  switch (random.below(5)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length + 1));
    case 1:
    case 2:
      for (let i = random.below(12); i >= 0 && bytes.length > 0; i--) {
        bytes.writeUInt8(random.below(256), random.below(bytes.length));
      }
      return bytes;
    case 3:
      return Buffer.concat([
        bytes.subarray(0, random.below(bytes.length + 1)),
        other.subarray(random.below(other.length + 1)),
      ]);
    default:
      // The header is where a lie does most.
      for (let i = 0; i < 4 && bytes.length > 0; i++) {
        bytes.writeUInt8(random.pick([0, 1, 0x7f, 0xff]), random.below(Math.min(40, bytes.length)));
      }
      return bytes;
  }
}

/** What is allowed, and what is not and comes more seldom. */
const VALUES: Readonly<
  Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>
> = {
  t: { good: ['A', 'A', 'A', '%41'], bad: ['B', '', '%', '__proto__'] },
  w: { good: ['10', '33', '200', '4096', '1', ''], bad: ['0', '-1', 'abc', '99999', '%00', '1e9'] },
  h: { good: ['10', '47', '200', '4096', '1'], bad: ['0', '5.5', '%zz'] },
  format: {
    good: ['jpeg', 'png', 'webp', 'avif', 'auto', 'auto-webp', 'auto-avif', 'JPG'],
    bad: ['bmp', '__proto__', 'constructor'],
  },
  quality: { good: ['1', '30', '80', '100'], bad: ['101', '0', 'NaN'] },
  fit: { good: ['cover', 'contain', 'inside'], bad: ['fill'] },
  position: { good: ['centre', 'north', '0.3,0.7', '1,1', 'attention', 'entropy'], bad: ['2,2', ','] },
  dpr: { good: ['1', '1.5', '3'], bad: ['4', 'x'] },
  width: { good: ['', '', '', '12'], bad: ['x'] },
  rect: {
    good: ['0,0,1,1', '0.25,0.1,0.5,0.3', '1,1,0,0', '0,0,0.0001,1', '0.9999,0.5,1,1'],
    bad: ['0,0,1', '1,2,3,4', ',,,', '0,0,-1,1', 'NaN,0,1,1'],
  },
  rotate: { good: ['0', '90', '180', '270'], bad: ['45', '360', '-90'] },
  flip: { good: ['h', 'v', 'hv'], bad: ['x', 'hh'] },
  background: { good: ['ffcc00', '123', 'transparent', '%23000'], bad: ['white', 'ggg', '#', '12345'] },
  blur: { good: ['0.3', '1', '20', '100'], bad: ['0', '101', '1e2'] },
  trim: { good: ['1', '10', '100'], bad: ['0', '1.5'] },
  animated: { good: ['false', 'true'], bad: ['0'] },
  download: { good: ['false', 'true'], bad: ['name.jpg'] },
  v: { good: ['0123abcd'], bad: ['ffffffff'] },
};

function event(random: Random): EventOptions {
  const chosen = Object.entries(VALUES).filter(([name]) => name === 't' || random.below(10) < 3);
  const pairs = chosen.map(
    ([name, { good, bad }]) => `${name}=${random.pick(random.below(40) === 0 ? bad : good)}`,
  );
  if (random.below(40) === 0) pairs.push(random.pick(['w=7', '&&', '=', 't=A', 'x'.repeat(2_000)]));
  return {
    querystring: pairs.join('&'),
    uri: random.pick([
      '/a.jpg',
      '/a.jpg',
      '/a.jpg',
      '/a+b',
      '/..%2f..',
      '/%00',
      '/%0d%0aSet-Cookie:x',
      `/${'k'.repeat(1_000)}`,
      random.pick(['/a.jpg', '/%zz']),
    ]),
    method: random.below(16) === 0 ? random.pick(['HEAD', 'OPTIONS']) : 'GET',
    status: random.below(16) === 0 ? random.pick(['304', '403', '404', '503']) : random.pick(['200', '206']),
  };
}
