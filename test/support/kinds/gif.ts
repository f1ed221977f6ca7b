import { type GifFrame, gif } from '../bytes/gif';
import { at, CORNERS, type Colour, type Corners, HEIGHT, type Kind, picture, refused, WIDTH } from './kind';

const PALETTE = [
  ...CORNERS,
  [0, 0, 0],
  [255, 255, 255],
  [0, 0, 0],
  [0, 0, 0],
] as unknown as readonly (readonly [number, number, number])[];
const CLEAR = 7;
const NOTHING: Colour = [0, 0, 0, 0];

const whole: GifFrame = { width: WIDTH, height: HEIGHT, at: at([0, 1, 2, 3]) };
const black: GifFrame = { ...whole, at: () => 4 };
const draw = (frames: readonly GifFrame[], version: '87a' | '89a' = '89a') =>
  gif({ version, width: WIDTH, height: HEIGHT, palette: PALETTE, frames });
/** A quarter of the screen, of one colour. */
const quarter = (i: 0 | 1 | 2 | 3): GifFrame => ({
  left: i % 2 === 0 ? 0 : WIDTH / 2,
  top: i < 2 ? 0 : HEIGHT / 2,
  width: WIDTH / 2,
  height: HEIGHT / 2,
  at: () => i,
});

const is = picture('gif');
const only = (i: 0 | 1 | 2 | 3): Corners<Colour> => {
  const [nw, ne, sw, se] = CORNERS;
  return [i === 0 ? nw : NOTHING, i === 1 ? ne : NOTHING, i === 2 ? sw : NOTHING, i === 3 ? se : NOTHING];
};

export const GIF_KINDS: readonly Kind[] = [
  { name: 'still', make: () => draw([whole]), becomes: is },
  { name: 'of 1987', make: () => draw([whole], '87a'), becomes: is },
  { name: 'interlaced', make: () => draw([{ ...whole, isInterlaced: true }]), becomes: is },
  {
    name: 'with a clear colour',
    make: () => draw([{ ...whole, at: at([0, CLEAR, 2, 3]), transparent: CLEAR }]),
    becomes: picture('gif', { corners: [CORNERS[0], NOTHING, CORNERS[2], CORNERS[3]] }),
  },
  {
    name: 'that does not fill its screen',
    make: () => draw([quarter(3)]),
    becomes: picture('gif', { corners: only(3) }),
  },
  { name: 'animated', make: () => draw([whole, black]), becomes: picture('gif', { frames: 2 }) },
  {
    name: 'animated, its frames parts of the screen',
    make: () => draw([quarter(0), quarter(1), quarter(2)]),
    becomes: picture('gif', { frames: 3, corners: only(0) }),
  },
  {
    name: 'animated, each frame cleared',
    make: () =>
      draw([
        { ...whole, disposal: 2 },
        { ...quarter(1), disposal: 2, transparent: CLEAR },
      ]),
    becomes: picture('gif', { frames: 2 }),
  },
  {
    name: 'with a frame larger than its screen',
    make: () => gif({ width: 20, height: 10, palette: PALETTE, frames: [whole] }),
    becomes: is,
  },
  {
    name: 'of which the second frame breaks off',
    make: () => draw([whole, black]).subarray(0, -900),
    becomes: refused('undecodable'),
  },
  { name: 'without its end', make: () => draw([whole]).subarray(0, -1), becomes: is },
  { name: 'that breaks off', make: () => draw([whole]).subarray(0, 900), becomes: refused('undecodable') },
  { name: 'of a screen without frames', make: () => draw([]), becomes: refused('undecodable') },
];
