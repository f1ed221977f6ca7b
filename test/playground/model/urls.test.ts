import { hashOf, NO_VALUES, readHash } from '../../../playground/model/choice';
import { curlLine, imageMarkup, imageUrl } from '../../../playground/model/urls';

const EDGE = 'http://127.0.0.1:8787';
const choice = (key: string, values: Partial<typeof NO_VALUES>) => ({
  key,
  values: { ...NO_VALUES, ...values },
});

test('writes the normal form', () => {
  expect(
    imageUrl(EDGE, choice('한글/a+b.jpg', { format: 'JPG', w: '0320', t: 'A', position: '0.3,0.7' })),
  ).toBe(`${EDGE}/%ED%95%9C%EA%B8%80/a%2Bb.jpg?t=A&w=320&format=jpeg&position=0.3,0.7`);
});

test('writes what no parameter allows, so that the edge can refuse it', () => {
  const bad = choice('a.jpg', { t: 'A', w: 'a b&c' });
  expect(imageUrl(EDGE, bad)).toBe(`${EDGE}/a.jpg?t=A&w=a%20b%26c`);
  expect(imageMarkup(EDGE, bad)).toBe(`<img src="${EDGE}/a.jpg?t=A&amp;w=a%20b%26c" alt="">`);
});

test('writes widths where the box names no size', () => {
  const markup = imageMarkup(EDGE, choice('a.jpg', { t: 'A', format: 'webp' }));
  expect(markup).toContain(`${EDGE}/a.jpg?t=A&amp;w=640&amp;format=webp 640w,`);
  expect(markup).toContain('sizes="100vw"');
});

test('nothing that is written into a control ends the quotes of the shell', () => {
  expect(curlLine(EDGE, choice('a.jpg', { t: 'A', w: "1';rm" }))).toBe(
    `curl -sSD - -o picture '${EDGE}/a.jpg?t=A&w=1%27%3Brm'`,
  );
});

test('the address of the page keeps a choice', () => {
  const kept = choice('한글/a?b#c.jpg', { t: 'A', w: 'a b', position: '0.3,0.7' });
  expect(readHash(hashOf(kept))).toEqual(kept);
  expect(readHash('#film')).toBeUndefined();
});
