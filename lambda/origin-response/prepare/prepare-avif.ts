import { type ColourSpace, colourSpaceOf } from '../colour/colour-code';
import { iccProfile } from '../colour/icc-profile';
import { encodeAssociations, type HeifItems, propertiesOf, readHeifItems } from '../containers/heif-items';
import { boxesIn, encodeBox, VERSION_BYTES } from '../containers/isobmff';
import { type Prepared, ready } from './original';

/** Gives an AVIF the brand that libvips looks for, and the profile that says what its colour code says. */
export function prepareAvif(bytes: Buffer): Prepared {
  const items = readHeifItems(bytes);
  const isSequence = bytes.toString('latin1', 8, 12) === 'avis';
  const space = items && codedColours(bytes, items);
  const isPremultiplied =
    items?.references.some(({ type, from }) => type === 'prem' && from === items.primary) === true;
  if (!isSequence && (items === undefined || space === undefined)) {
    return ready(bytes, 'avif', { isPremultiplied });
  }
  const meta = items && space && withProfile(bytes, items, iccProfile(space, 'rgb'));
  const changed = Buffer.concat(meta === undefined ? [bytes] : [bytes, meta]);
  if (isSequence) changed.write('avif', 8, 'latin1');
  // Offsets in the file stay right: the new box stands at the end, and the old one is skipped.
  if (meta !== undefined) changed.write('free', (items?.meta.start ?? 0) + 4, 'latin1');
  return ready(changed, 'avif', { isChanged: true, isPremultiplied });
}

/**
 * The colours that `nclx` gives the picture. A profile has precedence, as in libvips.
 *
 * @returns undefined for sRGB as well
 */
export function codedColours(bytes: Buffer, items: HeifItems): ColourSpace | undefined {
  const colours = propertiesOf(items, items.primary).filter(({ type }) => type === 'colr');
  const ofKind = (kind: string) =>
    colours.find(({ body, end }) => body + 8 <= end && bytes.toString('latin1', body, body + 4) === kind);
  const code = ofKind('nclx');
  if (code === undefined || ofKind('prof') !== undefined || ofKind('rICC') !== undefined) return undefined;
  return colourSpaceOf(bytes.readUInt16BE(code.body + 4), bytes.readUInt16BE(code.body + 6));
}

/** The `meta` box with one more property, a profile for the primary item. */
function withProfile(bytes: Buffer, items: HeifItems, profile: Buffer): Buffer | undefined {
  const { meta, children, primary } = items;
  const number = items.properties.length + 1;
  const parts: Buffer[] = [bytes.subarray(meta.body, meta.body + VERSION_BYTES)];
  for (const child of children) {
    if (child.type !== 'iprp') {
      parts.push(bytes.subarray(child.start, child.end));
      continue;
    }
    const inside = boxesIn(bytes, child.body, child.end).map((box) => {
      const body = bytes.subarray(box.body, box.end);
      if (box.type === 'ipco') {
        return encodeBox('ipco', body, encodeBox('colr', Buffer.from('prof', 'latin1'), profile));
      }
      return box.type === 'ipma' ? encodeAssociations(items, number) : bytes.subarray(box.start, box.end);
    });
    parts.push(encodeBox('iprp', ...inside));
  }
  return items.associations.has(primary) ? encodeBox('meta', ...parts) : undefined;
}
