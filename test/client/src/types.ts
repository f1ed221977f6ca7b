import { type ImageParams, imageUrl, pictureSources, srcSet } from '../../../client/src';
import { nextLoader } from '../../../client/src/adapters/next';
import type { ParameterName } from '../../../lambda/contract/parameters/parameter';

/** Checked by `npm run typecheck` alone: an error that goes away is an error there. Nothing here runs. */
export const urls = [
  imageUrl('', 'a.jpg'),
  imageUrl('', 'a.jpg', { t: 'thumb', w: 1, h: 1, format: 'avif', quality: 1, fit: 'inside', dpr: 1.5 }),
  imageUrl('', 'a.jpg', { position: 'attention' }),
  imageUrl('', 'a.jpg', { position: '0.3,0.7' }),
  imageUrl('', 'a.jpg', { position: [0.3, 0.7] }),
  // @ts-expect-error a key is compulsory
  imageUrl(''),
  // @ts-expect-error no such name
  imageUrl('', 'a.jpg', { width: 320 }),
  // @ts-expect-error a number
  imageUrl('', 'a.jpg', { w: '320' }),
  // @ts-expect-error a word of the table
  imageUrl('', 'a.jpg', { format: 'bmp' }),
  // @ts-expect-error an internal word
  imageUrl('', 'a.jpg', { format: 'auto-avif' }),
  // @ts-expect-error a word of the table
  imageUrl('', 'a.jpg', { fit: 'fill' }),
  // @ts-expect-error a word of the table
  imageUrl('', 'a.jpg', { position: 'top' }),
  // @ts-expect-error two numbers
  imageUrl('', 'a.jpg', { position: [0.3] }),
  // @ts-expect-error the srcset chooses it
  srcSet('', 'a.jpg', { w: 1, dpr: 2 }, { dprs: [1] }),
  // @ts-expect-error widths or dprs
  srcSet('', 'a.jpg', { w: 1 }, {}),
  // @ts-expect-error widths or dprs, not both
  srcSet('', 'a.jpg', { w: 1 }, { widths: [1], dprs: [1] }),
  // @ts-expect-error no fallback
  pictureSources('', 'a.jpg', { format: 'webp' }, { widths: [1] }),
  // @ts-expect-error what Next says is the width
  nextLoader('')({ src: 'a.jpg' }),
];

/** Every row of the table is a field, and every field a row. */
export const fields: readonly [ParameterName, keyof ImageParams] = [
  't' as keyof ImageParams,
  't' as ParameterName,
];
