import type { SourceFormat } from '../source/source-image';
import { type Prepared, ready } from './original';
import { prepareAvif } from './prepare-avif';
import { prepareGif } from './prepare-gif';
import { prepareJpeg } from './prepare-jpeg';
import { preparePng } from './prepare-png';

/**
 * Makes up for what libvips ignores in a file, from its header alone. Most originals are returned as they are.
 *
 * @param bytes are not changed; a changed original is a copy
 */
export function prepare(bytes: Buffer, format: SourceFormat): Prepared {
  switch (format) {
    case 'jpeg':
      return prepareJpeg(bytes);
    case 'png':
      return preparePng(bytes);
    case 'gif':
      return prepareGif(bytes);
    case 'avif':
      return prepareAvif(bytes);
    default:
      return ready(bytes, format);
  }
}
