import { jpegEnd } from '../containers/jpeg-scans';
import { type Prepared, ready } from './original';

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/** Ends a JPEG that lacks nothing but its end marker, and refuses one that lacks a part of its picture. */
export function prepareJpeg(bytes: Buffer): Prepared {
  const end = jpegEnd(bytes);
  if (end === 'incomplete') {
    return { kind: 'refused', reason: 'undecodable', detail: 'the JPEG breaks off' };
  }
  return ready(end === 'missing' ? Buffer.concat([bytes, END_OF_IMAGE]) : bytes, 'jpeg');
}
