import { readJpegScans } from '../containers/jpeg-scans';
import { type Prepared, ready } from './original';

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/**
 * Eight bytes of ones, stuffed. No code consists of ones, and libjpeg reads as many bytes ahead: a picture that is all
 * there is decoded, and one that lacks more than two or three blocks runs into the end of the file, which is an error.
 */
const NO_CODES = Buffer.from(Array.from({ length: 8 }, () => [0xff, 0]).flat());

/**
 * Makes an error of a part that is missing. libjpeg only warns, and fills up with grey: libvips hears of it when it
 * reads the next eight rows, so never of the last ones, which are 64 rows of the original in a small crop. It hears
 * nothing of a scan that is missing.
 */
export function prepareJpeg(bytes: Buffer): Prepared {
  const scans = readJpegScans(bytes);
  switch (scans.kind) {
    case 'incomplete':
      return { kind: 'refused', reason: 'undecodable', detail: 'the JPEG breaks off' };
    case 'single':
      return ready(Buffer.concat([bytes.subarray(0, scans.end), NO_CODES]), 'jpeg');
    case 'several':
      return ready(scans.hasEndMarker ? bytes : Buffer.concat([bytes, END_OF_IMAGE]), 'jpeg');
  }
}
