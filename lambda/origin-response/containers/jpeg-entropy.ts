import type { HuffmanTable, JpegComponent, JpegScan } from './jpeg-scan';

const CODE_BITS = 16;
const BLOCK_SIDE = 8;
const COEFFICIENTS = 64;

/** Builds the table of one `DHT`: the number of codes of each length, and the symbols. */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(1 << CODE_BITS);
  let next = 0;
  let code = 0;
  for (let length = 1; length <= CODE_BITS; length++) {
    for (let i = 0; i < (counts[length - 1] ?? 0); i++) {
      const from = code << (CODE_BITS - length);
      table.fill((length << 8) | (symbols[next++] ?? 0), from, from + (1 << (CODE_BITS - length)));
      code++;
    }
    code <<= 1;
  }
  return table;
}

/**
 * Whether a sequential scan has the codes of all its blocks, which are read and not decoded: some 20 ns a code.
 * A code that does not exist is left to the decoder, which warns of it.
 */
export function hasAllBlocks(bytes: Buffer, scan: JpegScan): boolean {
  const reader = new BitReader(bytes, scan.start);
  const units = unitsOf(scan);
  for (let unit = 0; unit < units.count; unit++) {
    if (scan.restartInterval > 0 && unit > 0 && unit % scan.restartInterval === 0 && !reader.restart()) {
      return false;
    }
    for (const { component, blocks } of units.parts) {
      for (let block = 0; block < blocks; block++) {
        if (!reader.skipBlock(component.dc, component.ac)) return true;
      }
    }
    if (reader.isBehindEnd()) return false;
  }
  return true;
}

interface Units {
  readonly count: number;
  /** Blocks of each component in a unit. */
  readonly parts: readonly { readonly component: JpegComponent; readonly blocks: number }[];
}

/** A scan of one component has units of one block; of more, as many as the sampling says. */
function unitsOf({ components, width, height, maxH, maxV }: JpegScan): Units {
  const [only] = components;
  if (components.length === 1 && only !== undefined) {
    const columns = Math.ceil(Math.ceil((width * only.h) / maxH) / BLOCK_SIDE);
    const rows = Math.ceil(Math.ceil((height * only.v) / maxV) / BLOCK_SIDE);
    return { count: columns * rows, parts: [{ component: only, blocks: 1 }] };
  }
  const count = Math.ceil(width / (BLOCK_SIDE * maxH)) * Math.ceil(height / (BLOCK_SIDE * maxV));
  return { count, parts: components.map((component) => ({ component, blocks: component.h * component.v })) };
}

class BitReader {
  private bits = 0;
  private count = 0;
  /** Of the bits, those that stand in for what is missing. */
  private padded = 0;

  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  isBehindEnd(): boolean {
    return this.count < this.padded;
  }

  /** @returns false for a code that the table does not have */
  skipBlock(dc: HuffmanTable, ac: HuffmanTable): boolean {
    let code = this.code(dc);
    if (code === 0) return false;
    this.skip(code & 15);
    for (let k = 1; k < COEFFICIENTS; k++) {
      code = this.code(ac);
      if (code === 0) return false;
      const size = code & 15;
      const zeros = (code >> 4) & 15;
      // The end of the block.
      if (size === 0 && zeros !== 15) return true;
      k += zeros;
      this.skip(size);
    }
    return true;
  }

  /** Goes on behind the next restart marker. */
  restart(): boolean {
    let at = this.bytes.indexOf(0xff, this.at);
    while (at >= 0 && this.bytes[at + 1] === 0) at = this.bytes.indexOf(0xff, at + 2);
    const marker = this.bytes[at + 1] ?? 0;
    if (at < 0 || marker < 0xd0 || marker > 0xd7) return false;
    this.at = at + 2;
    this.count = 0;
    this.padded = 0;
    return true;
  }

  private code(table: HuffmanTable): number {
    this.fill();
    const code = table[(this.bits >>> (this.count - CODE_BITS)) & 0xffff] as number;
    this.count -= code >> 8;
    return code;
  }

  private skip(bits: number): void {
    this.fill();
    this.count -= bits;
  }

  private fill(): void {
    while (this.count <= CODE_BITS) {
      const byte = this.bytes[this.at];
      if (byte === undefined || (byte === 0xff && this.bytes[this.at + 1] !== 0)) {
        this.padded += 8;
        this.bits <<= 8;
      } else {
        this.at += byte === 0xff ? 2 : 1;
        this.bits = (this.bits << 8) | byte;
      }
      this.count += 8;
    }
  }
}
