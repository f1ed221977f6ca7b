import { type Box, boxesIn, encodeBox, VERSION_BYTES } from './isobmff';

/** What the `meta` box of an AVIF or HEIC says of its items (ISO/IEC 23008-12). */
export interface HeifItems {
  readonly meta: Box;
  /** The boxes in `meta`. */
  readonly children: readonly Box[];
  readonly primary: number;
  readonly references: readonly Reference[];
  readonly properties: readonly Box[];
  /** The properties of each item. */
  readonly associations: ReadonlyMap<number, readonly Association[]>;
}

export interface Association {
  /** The number of a property, from 1. */
  readonly property: number;
  /** Whether a reader has to know the property. */
  readonly isEssential: boolean;
}

/** From one item to others: `prem`, `thmb`, `auxl`, `dimg`. */
export interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** @returns undefined for a file that has no such box, or a broken one */
export function readHeifItems(bytes: Buffer): HeifItems | undefined {
  const meta = boxesIn(bytes, 0, bytes.length).find(({ type }) => type === 'meta');
  if (meta === undefined) return undefined;
  const children = boxesIn(bytes, meta.body + VERSION_BYTES, meta.end);
  const child = (type: string) => children.find((box) => box.type === type);
  try {
    const iprp = child('iprp');
    const inside = iprp === undefined ? [] : boxesIn(bytes, iprp.body, iprp.end);
    const ipco = inside.find(({ type }) => type === 'ipco');
    const ipma = inside.find(({ type }) => type === 'ipma');
    return {
      meta,
      children,
      primary: readPrimary(bytes, child('pitm')),
      references: readReferences(bytes, child('iref')),
      properties: ipco === undefined ? [] : boxesIn(bytes, ipco.body, ipco.end),
      associations: readAssociations(bytes, ipma),
    };
  } catch (error) {
    if (isBehindEnd(error)) return undefined;
    throw error;
  }
}

/** By its code: under a test runner, errors of Node's own are of other classes than ours. */
function isBehindEnd(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_OUT_OF_RANGE' || code === 'ERR_BUFFER_OUT_OF_BOUNDS';
}

/** The properties of an item. */
export function propertiesOf(items: HeifItems, item: number): readonly Box[] {
  const associated = items.associations.get(item) ?? [];
  return associated.flatMap(({ property }) => items.properties[property - 1] ?? []);
}

/**
 * A copy of the file in which the primary item has one more property. Offsets stay right, because the new box `meta`
 * is put at the end, and the old one is marked as unused.
 *
 * @param property a box
 */
export function addProperty(bytes: Buffer, items: HeifItems, property: Buffer): Buffer {
  const { meta, children } = items;
  const number = items.properties.length + 1;
  const parts = children.map((child) => {
    if (child.type !== 'iprp') return bytes.subarray(child.start, child.end);
    const inside = boxesIn(bytes, child.body, child.end).map((box) => {
      if (box.type === 'ipco') return encodeBox('ipco', bytes.subarray(box.body, box.end), property);
      return box.type === 'ipma' ? encodeAssociations(items, number) : bytes.subarray(box.start, box.end);
    });
    return encodeBox('iprp', ...inside);
  });
  const version = bytes.subarray(meta.body, meta.body + VERSION_BYTES);
  const changed = Buffer.concat([bytes, encodeBox('meta', version, ...parts)]);
  changed.write('free', meta.start + 4, 'latin1');
  return changed;
}

/** Reads big-endian numbers one after the other. */
class Reader {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  /** @param size in bytes, 0…8; 0 gives 0 */
  number(size: number): number {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + this.bytes.readUInt8(this.at++);
    return value;
  }
}

function readPrimary(bytes: Buffer, pitm: Box | undefined): number {
  if (pitm === undefined) return 0;
  const reader = new Reader(bytes, pitm.body);
  const version = reader.number(1);
  reader.number(3);
  return reader.number(version === 0 ? 2 : 4);
}

function readReferences(bytes: Buffer, iref: Box | undefined): readonly Reference[] {
  if (iref === undefined) return [];
  const width = bytes.readUInt8(iref.body) === 0 ? 2 : 4;
  return boxesIn(bytes, iref.body + VERSION_BYTES, iref.end).map(({ type, body }) => {
    const reader = new Reader(bytes, body);
    const from = reader.number(width);
    const count = reader.number(2);
    return { type, from, to: Array.from({ length: count }, () => reader.number(width)) };
  });
}

function readAssociations(bytes: Buffer, ipma: Box | undefined): ReadonlyMap<number, readonly Association[]> {
  const associations = new Map<number, readonly Association[]>();
  if (ipma === undefined) return associations;
  const reader = new Reader(bytes, ipma.body);
  const idBytes = reader.number(1) === 0 ? 2 : 4;
  const indexBytes = reader.number(3) & 1 ? 2 : 1;
  const entries = reader.number(4);
  for (let i = 0; i < entries; i++) {
    const item = reader.number(idBytes);
    const count = reader.number(1);
    const essential = indexBytes === 2 ? 0x8000 : 0x80;
    const read = () => {
      const value = reader.number(indexBytes);
      return { property: value & (essential - 1), isEssential: (value & essential) !== 0 };
    };
    associations.set(item, Array.from({ length: count }, read));
  }
  return associations;
}

/** The box `ipma`, with one more property for the primary item. */
function encodeAssociations({ associations, primary }: HeifItems, property: number): Buffer {
  const entries = [...associations].map(([item, associated]) => {
    const all = item === primary ? [...associated, { property, isEssential: false }] : associated;
    const entry = Buffer.alloc(5 + 2 * all.length);
    entry.writeUInt32BE(item);
    entry.writeUInt8(all.length, 4);
    for (const [i, one] of all.entries()) {
      entry.writeUInt16BE(one.property | (one.isEssential ? 0x8000 : 0), 5 + 2 * i);
    }
    return entry;
  });
  const head = Buffer.alloc(8);
  // Version 1 has items of four bytes, the flag properties of two.
  head.writeUInt32BE(0x01000001);
  head.writeUInt32BE(entries.length, 4);
  return encodeBox('ipma', head, ...entries);
}
