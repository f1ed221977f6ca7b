import { type ColourSpace, colourSpaceOf } from '../colour/colour-code';
import { iccProfile } from '../colour/icc-profile';
import { addProperty, type HeifItems, propertiesOf, readHeifItems } from '../containers/heif-items';
import { encodeBox } from '../containers/isobmff';
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
  const changed =
    items && space
      ? addProperty(bytes, items, encodeBox('colr', Buffer.from('prof'), iccProfile(space, 'rgb')))
      : Buffer.from(bytes);
  if (isSequence) changed.write('avif', 8, 'latin1');
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
