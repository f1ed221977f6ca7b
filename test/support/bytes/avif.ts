import { boxesIn, encodeBox } from '../../../lambda/origin-response/containers/isobmff';

/** The file with a reference `prem`, which says that its colours are multiplied with its alpha. */
export function premultiplied(avif: Buffer): Buffer {
  const meta = boxesIn(avif, 0, avif.length).find(({ type }) => type === 'meta');
  if (meta === undefined) throw new Error('an AVIF without a box meta');
  const parts = boxesIn(avif, meta.body + 4, meta.end).map(({ type, start, body, end }) => {
    if (type !== 'iref') return avif.subarray(start, end);
    const [auxiliary] = boxesIn(avif, body + 4, end);
    if (auxiliary === undefined) throw new Error('an AVIF without alpha');
    // From the colours to the alpha, where `auxl` goes from the alpha to the colours.
    const from = avif.readUInt16BE(auxiliary.body + 4);
    const prem = Buffer.from([from >> 8, from, 0, 1, 0, avif.readUInt16BE(auxiliary.body)]);
    return encodeBox('iref', avif.subarray(body, end), encodeBox('prem', prem));
  });
  const moved = Buffer.concat([avif, encodeBox('meta', avif.subarray(meta.body, meta.body + 4), ...parts)]);
  moved.write('free', meta.start + 4, 'latin1');
  return moved;
}
