import { type HeifItems, propertiesOf, readHeifItems } from '../containers/heif-items';

/** What the header of a HEIC says of its picture. */
export interface HeicLayout {
  /** Most phones store a grid of tiles; a picture in one piece takes longer. */
  readonly isTiled: boolean;
  /** The same picture, small and as upright as the large one. */
  readonly thumbnail?: { readonly width: number; readonly height: number };
}

/** @returns undefined for a file without readable items */
export function readHeicLayout(bytes: Buffer): HeicLayout | undefined {
  const items = readHeifItems(bytes);
  if (items === undefined) return undefined;
  const thumbnail = readThumbnail(bytes, items);
  return {
    isTiled: items.references.some(({ type, from }) => type === 'dimg' && from === items.primary),
    ...(thumbnail && { thumbnail }),
  };
}

/** The decoder takes the first thumbnail, so it is the only one that is read here. */
function readThumbnail(bytes: Buffer, items: HeifItems): HeicLayout['thumbnail'] {
  const reference = items.references.find(({ type, to }) => type === 'thmb' && to.includes(items.primary));
  if (reference === undefined) return undefined;
  if (turnsOf(bytes, items, reference.from) !== turnsOf(bytes, items, items.primary)) return undefined;
  const size = propertiesOf(items, reference.from).find(({ type }) => type === 'ispe');
  if (size === undefined || size.end - size.body < 12) return undefined;
  const [width, height] = [bytes.readUInt32BE(size.body + 4), bytes.readUInt32BE(size.body + 8)];
  const isOnItsSide = /irot0[13]/.test(turnsOf(bytes, items, reference.from));
  return isOnItsSide ? { width: height, height: width } : { width, height };
}

/** How an item is turned and cut after it was decoded. */
function turnsOf(bytes: Buffer, items: HeifItems, item: number): string {
  return propertiesOf(items, item)
    .filter(({ type }) => type === 'irot' || type === 'imir' || type === 'clap')
    .map(({ type, body, end }) => `${type}${bytes.toString('hex', body, end)}`)
    .join(' ');
}
