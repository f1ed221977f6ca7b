import type { Size } from '../plan/geometry/geometry';

const CLEAR = 4;
const END = 5;
const FIRST_FREE = 6;
const TABLE_CODES = 4096;

/**
 * A frame of a GIF, of one transparent colour and without delay. Each code of its LZW data stands for a run that is one
 * pixel longer than the one before, so a screen of a megapixel takes two kilobytes:
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt, appendix F
 */
export function transparentFrame({ width, height }: Size): Buffer {
  const descriptor = Buffer.from([
    // Its colour 0 is transparent.
    ...[0x21, 0xf9, 4, 1, 0, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, width & 0xff, width >> 8, height & 0xff, height >> 8],
    // A table of two colours of its own, since a file may have none for all frames; codes of two bits and more.
    ...[0x80, 0, 0, 0, 0, 0, 0, 2],
  ]);
  return Buffer.concat([descriptor, ...subBlocks(packed(runs(width * height))), Buffer.from([0])]);
}

interface Code {
  readonly value: number;
  readonly bits: number;
}

/** The codes of that many pixels of colour 0. */
function* runs(pixels: number): Generator<Code> {
  let left = pixels;
  // As many codes as the reader's table has by now, which says how many bits the next one takes.
  let known = FIRST_FREE;
  while (left > 0) {
    yield { value: CLEAR, bits: bitsFor(known) };
    yield { value: 0, bits: bitsFor(FIRST_FREE) };
    left -= 1;
    for (known = FIRST_FREE; left > 0 && known < TABLE_CODES; known += 1) {
      // The next code is the run before it and one pixel more.
      const run = Math.min(left, known - FIRST_FREE + 2);
      yield { value: run === 1 ? 0 : FIRST_FREE + run - 2, bits: bitsFor(known) };
      left -= run;
    }
  }
  yield { value: END, bits: bitsFor(known) };
}

function bitsFor(known: number): number {
  return 32 - Math.clz32(Math.min(known, TABLE_CODES - 1));
}

function packed(codes: Iterable<Code>): Buffer {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const code of codes) {
    held |= code.value << bits;
    bits += code.bits;
    for (; bits >= 8; bits -= 8) {
      bytes.push(held & 0xff);
      held >>>= 8;
    }
  }
  return Buffer.from(bits > 0 ? [...bytes, held] : bytes);
}

function subBlocks(data: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return blocks;
}
