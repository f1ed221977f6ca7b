import { hashOf, NO_VALUES, readHash, type Values } from '../../../../playground/model/choice';
import type { Size } from '../../../../playground/model/placement';
import { type Settings, UNKNOWN_SETTINGS } from '../../../../playground/model/settings';
import { clientCode, curlLine, nextCode, reactCode } from '../../../../playground/model/snippets/code';
import { imgMarkup, pictureMarkup } from '../../../../playground/model/snippets/html';
import { createRecipe, imageUrl } from '../../../../playground/model/snippets/recipe';

const EDGE = 'http://127.0.0.1:8787';
const LAKE = { width: 2400, height: 1600 };
const SETTINGS: Settings = {
  ...UNKNOWN_SETTINGS,
  types: {
    A: {},
    thumb: { w: 200, h: 200, format: 'auto' },
    hero: { w: 1280, h: 480, quality: 70, locked: ['w', 'h', 'dpr'] },
    photo: { format: 'webp', locked: ['format'] },
  },
};

const choice = (key: string, values: Partial<Values>) => ({ key, values: { ...NO_VALUES, ...values } });
const recipe = (values: Partial<Values>, original: Size | undefined = LAKE, settings = SETTINGS) =>
  createRecipe(choice('a.jpg', values), { base: EDGE, settings, original, sign: (url) => url });

test('writes the normal form', () => {
  expect(
    imageUrl(EDGE, choice('한글/a+b.jpg', { format: 'JPG', w: '0320', t: 'A', position: '0.3,0.7' })),
  ).toBe(`${EDGE}/%ED%95%9C%EA%B8%80/a%2Bb.jpg?t=A&w=320&format=jpeg&position=0.3,0.7`);
});

test('writes what no parameter allows, so that the edge can refuse it', () => {
  const bad = { t: 'A', w: 'a b&c' };
  expect(imageUrl(EDGE, choice('a.jpg', bad))).toBe(`${EDGE}/a.jpg?t=A&w=a%20b%26c`);
  expect(imgMarkup(recipe(bad))).toBe(`<img src="${EDGE}/a.jpg?t=A&amp;w=a%20b%26c"\n     alt="">`);
});

test('a box has its size, and a candidate for each screen that the original is large enough for', () => {
  expect(
    imgMarkup(recipe({ t: 'A', w: '1600', h: '1000' })),
  ).toBe(`<img src="${EDGE}/a.jpg?t=A&amp;w=1600&amp;h=1000"
     srcset="${EDGE}/a.jpg?t=A&amp;w=1600&amp;h=1000 1x,
             ${EDGE}/a.jpg?t=A&amp;w=1600&amp;h=1000&amp;dpr=1.5 1.5x"
     width="1600"
     height="1000"
     alt="">`);
  expect(imgMarkup(recipe({ t: 'A', w: '480', h: '480' }, { width: 200, height: 120 }))).toBe(
    `<img src="${EDGE}/a.jpg?t=A&amp;w=480&amp;h=480"\n     width="120"\n     height="120"\n     alt="">`,
  );
});

test('the values of a type decide the size, and what is locked is not said', () => {
  expect(imgMarkup(recipe({ t: 'thumb' }))).toBe(`<img src="${EDGE}/a.jpg?t=thumb"
     srcset="${EDGE}/a.jpg?t=thumb 1x,
             ${EDGE}/a.jpg?t=thumb&amp;dpr=2 2x,
             ${EDGE}/a.jpg?t=thumb&amp;dpr=3 3x"
     width="200"
     height="200"
     alt="">`);
  expect(imgMarkup(recipe({ t: 'hero' }))).toBe(
    `<img src="${EDGE}/a.jpg?t=hero"\n     width="1280"\n     height="480"\n     alt="">`,
  );
});

test('without a box the widths follow the layout, up to that of the original', () => {
  const markup = imgMarkup(recipe({ t: 'A', format: 'webp' }, { width: 1000, height: 500 }));
  expect(markup.match(/\d+w\b/g)).toEqual(['320w', '640w', '960w', '1000w']);
  expect(markup).toContain(
    'sizes="100vw"\n     width="1000"\n     height="500"\n     style="width: 100%; height: auto"',
  );
  const snapped = recipe({ t: 'A' }, LAKE, { ...SETTINGS, widths: [200, 400, 3000] });
  expect(imgMarkup(snapped).match(/\d+w\b/g)).toEqual(['200w', '400w', '2400w']);
});

test('a picture names each format once; where the type has locked it, an img is all there is', () => {
  const markup = pictureMarkup(recipe({ t: 'A', w: '320', h: '240', format: 'auto' }));
  expect(markup.match(/type="[^"]+"/g)).toEqual(['type="image/avif"', 'type="image/webp"']);
  expect(markup).toContain(`<img src="${EDGE}/a.jpg?t=A&amp;w=320&amp;h=240&amp;format=jpeg"`);
  expect(markup).not.toContain('auto');
  expect(pictureMarkup(recipe({ t: 'photo', w: '320' }))).toMatch(/^<img /);
});

test('code says what the client takes', () => {
  const made = recipe({ t: 'A', w: '320', h: '240', format: 'auto', position: '0.3,0.7' });
  const crop = "{ t: 'A', w: 320, h: 240, format: 'auto', position: '0.3,0.7' }";
  expect(reactCode(made)).toContain(`const crop = ${crop};`);
  expect(reactCode(made)).toContain("srcSet={srcSet(cdn, 'a.jpg', crop, { dprs: [1, 2, 3] })}");
  expect(nextCode(made)).toContain(`export default nextLoader('${EDGE}', ${crop});`);
  expect(nextCode(recipe({ t: 'hero' }))).toContain('<Image unoptimized src={imageUrl(');
  expect(clientCode(made)).toContain("const src = imageUrl(cdn, 'a.jpg', crop);");
});

test('nothing that is written into a control ends the quotes of the shell', () => {
  expect(curlLine(recipe({ t: 'A', w: "1';rm" }))).toBe(
    `curl -sSD - -o picture '${EDGE}/a.jpg?t=A&w=1%27%3Brm'`,
  );
});

test('every URL of a snippet is signed', () => {
  const signed = createRecipe(choice('a.jpg', { t: 'A', w: '320' }), {
    base: EDGE,
    settings: SETTINGS,
    original: LAKE,
    sign: (url) => `${url}&signature=S`,
  });
  const urls = imgMarkup(signed).match(/http[^\s",]+/g) ?? [];
  expect(urls).toHaveLength(4);
  for (const url of [...urls, curlLine(signed)]) expect(url).toContain('signature=S');
});

test('the address of the page keeps a choice', () => {
  const kept = choice('한글/a?b#c.jpg', { t: 'A', w: 'a b', position: '0.3,0.7' });
  expect(readHash(hashOf(kept))).toEqual(kept);
  expect(readHash('#film')).toBeUndefined();
  expect(readHash('#/a/../b.jpg?t=A')).toBeUndefined();
});
