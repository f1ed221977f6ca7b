import { sniff } from '../../../../lambda/origin-response/source/sniff';

test.each([
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['II+\0', 'tiff'],
  ['MM\0+', 'tiff'],
  ['\xff\xd8\xff\xe0', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['GIF89a', 'gif'],
  ['RIFF\0\0\0\0WEBP', 'webp'],
  ['\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'avif'],
  ['\0\0\0\x14ftypavis\0\0\0\0avis', 'avif'],
  ['\0\0\0\x14ftypheic\0\0\0\0mif1', 'heic'],
  ['', undefined],
])('%j', (text, format) => {
  expect(sniff(Buffer.from(text, 'latin1'))).toBe(format);
});
