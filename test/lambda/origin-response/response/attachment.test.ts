import { attachment } from '../../../../lambda/origin-response/response/attachment';

test.each([
  ['photos/cat.jpg', 'webp', 'attachment; filename="cat.webp"'],
  ['cat.JPEG', 'jpeg', 'attachment; filename="cat.JPEG"'],
  ['cat.jpg', undefined, 'attachment; filename="cat.jpg"'],
  ['a b (1).png', 'png', 'attachment; filename="a b (1).png"'],
  [
    '한국/고양이.jpg',
    'avif',
    `attachment; filename="___.avif"; filename*=UTF-8''%EA%B3%A0%EC%96%91%EC%9D%B4.avif`,
  ],
  ['a"b\\c%41.png', 'png', `attachment; filename="a_b_c_41.png"; filename*=UTF-8''a%22b%5Cc%2541.png`],
  [`it's*é.png`, 'png', `attachment; filename="it's*_.png"; filename*=UTF-8''it%27s%2A%C3%A9.png`],
  [
    'x\r\nSet-Cookie: a.png',
    'png',
    `attachment; filename="x__Set-Cookie: a.png"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a.png`,
  ],
  ['folder/', 'png', 'attachment; filename="image.png"'],
  [`${'k'.repeat(1000)}.jpg`, 'webp', `attachment; filename="${'k'.repeat(35)}.webp"`],
] as const)('%s as %s', (key, format, expected) => {
  expect(attachment(key, format)).toBe(expected);
});
