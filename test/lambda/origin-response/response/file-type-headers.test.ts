import { compass } from '../../../../conformance/objects/draw';
import { isUntyped, renameAttachment } from '../../../../lambda/origin-response/response/file-type-headers';
import { handled } from '../../../support/handled';

const disposition = (value: string) => ({ 'content-disposition': [{ key: 'Content-Disposition', value }] });

test.each([
  ['attachment; filename="cat.png"', 'attachment; filename="cat.webp"'],
  ['attachment; filename=cat.png', 'attachment; filename=cat.webp'],
  ['attachment;filename="my \\"best\\".tiff"; size=3', 'attachment;filename="my \\"best\\".webp"; size=3'],
  ["inline; filename*=UTF-8''%ed%95%9c.png", "inline; filename*=UTF-8''%ed%95%9c.webp"],
  [
    'attachment; filename="a.png"; filename*=UTF-8\'\'a.png',
    'attachment; filename="a.webp"; filename*=UTF-8\'\'a.webp',
  ],
  ['attachment; filename="cat"', 'attachment; filename="cat.webp"'],
  ['attachment; filename="v1.2 final.jpeg"', 'attachment; filename="v1.2 final.webp"'],
  ['attachment; filename="cat.WEBP"', 'attachment; filename="cat.WEBP"'],
  ['attachment', 'attachment'],
])('%s', (value, expected) => {
  const headers = disposition(value);
  renameAttachment(headers, 'webp');
  expect(headers['content-disposition'][0]?.value).toBe(expected);
});

test('.jpeg is as good as .jpg', () => {
  const headers = disposition('attachment; filename="a.JPEG"');
  renameAttachment(headers, 'jpeg');
  expect(headers['content-disposition'][0]?.value).toBe('attachment; filename="a.JPEG"');
});

test('S3 does not know every type', () => {
  const typed = (value: string) => isUntyped({ 'content-type': [{ value }] });
  expect(isUntyped({})).toBe(true);
  expect(typed('binary/octet-stream')).toBe(true);
  expect(typed('application/octet-stream')).toBe(true);
  expect(typed('image/jpeg')).toBe(false);
});

test('a variant is saved under its own extension', async () => {
  const png = await compass(80, 60).png().toBuffer();
  const headers = { 'Content-Disposition': 'attachment; filename="cat.png"' };
  const webp = await handled(png, 't=A&w=40&format=webp', {}, { headers });
  expect(webp.headers['content-disposition']).toBe('attachment; filename="cat.webp"');
});

test('a kept original, and one in the place of a variant, say what they are', async () => {
  const headers = { 'Content-Type': 'binary/octet-stream', ETag: '"a"' };
  const small = await compass(64, 64).jpeg({ quality: 20, mozjpeg: true }).toBuffer();
  const kept = await handled(small, 't=A&quality=95', {}, { headers });
  expect(kept.headers).toMatchObject({
    'crop-status': 'original;reason=smaller',
    'content-type': 'image/jpeg',
  });
  const cut = await handled(small.subarray(0, 300), 't=A&w=9', {}, { headers });
  expect(cut.headers).toMatchObject({
    'crop-status': 'original;reason=undecodable',
    'content-type': 'image/jpeg',
  });
});
