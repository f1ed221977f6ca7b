import { gzipSync } from 'node:zlib';
import { colours, type Kind, kept, refused } from './kind';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
const text = (value: string) => () => Buffer.from(value, 'latin1');

/** What is no picture of ours, whatever its name says. */
export const FOREIGN_KINDS: readonly Kind[] = [
  { name: 'SVG', make: text(SVG), becomes: kept('svg') },
  {
    name: 'SVG with a declaration',
    make: text(`<?xml version="1.0"?>\n<!-- a -->${SVG}`),
    becomes: kept('svg'),
  },
  { name: 'SVG in gzip (svgz)', make: () => gzipSync(SVG), becomes: kept('gzip') },
  { name: 'PDF', make: text('%PDF-1.7\n1 0 obj'), becomes: kept('pdf') },
  {
    name: 'PDF that holds a JPEG',
    make: async () => Buffer.concat([Buffer.from('%PDF-1.7\n'), await colours().jpeg().toBuffer()]),
    becomes: kept('pdf'),
  },
  { name: 'BMP', make: () => Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]), becomes: kept('bmp') },
  {
    name: 'ICO',
    make: () => Buffer.from([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0]),
    becomes: kept('ico'),
  },
  { name: 'PSD', make: text('8BPS\0\x01\0\0\0\0\0\0'), becomes: kept('psd') },
  { name: 'JPEG XL', make: text('\xff\x0a\xfa\x7f\x01\x90\x08'), becomes: kept('jxl') },
  {
    name: 'JPEG XL in boxes',
    make: text('\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl '),
    becomes: kept('jxl'),
  },
  { name: 'JPEG 2000', make: text('\0\0\0\x0cjP  \r\n\x87\n'), becomes: kept('jp2') },
  { name: 'HEIC', make: text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), becomes: kept('heic') },
  { name: 'MP4', make: text('\0\0\0\x18ftypisom\0\0\x02\0isommp41'), becomes: kept('mp4') },
  { name: 'zip', make: text('PK\x03\x04\x14\0\0\0'), becomes: kept('zip') },
  { name: 'HTML', make: text('<!doctype html><script>alert(1)</script>'), becomes: kept('html') },
  { name: 'text', make: text('not a picture'), becomes: kept('text') },
  { name: 'nothing', make: () => Buffer.alloc(0), becomes: kept('empty') },
  {
    name: 'a PNG’s signature and then text',
    make: text('\x89PNG\r\n\x1a\n<script>alert(1)</script>'),
    becomes: refused('undecodable'),
  },
  {
    name: 'a GIF’s signature and then JavaScript',
    make: text('GIF89a=1;alert(1)//'),
    becomes: refused('undecodable'),
  },
  {
    name: 'a JPEG’s first bytes and then nothing',
    make: text('\xff\xd8\xff\xe0'),
    becomes: refused('undecodable'),
  },
];
