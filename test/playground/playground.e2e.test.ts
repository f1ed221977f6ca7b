import { readdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { COMPASS, compass } from '../../conformance/objects/draw';
import { exampleUrls } from '../../edge/local/example-urls';
import { distance } from '../support/pictures';
import { testWith } from '../support/programs';
import { CHROMIUM } from './browser';
import {
  type OpenPage,
  type PlaygroundFixture,
  pixelsOfVariant,
  settled,
  showFormats,
  shownUrl,
  startPlayground,
} from './playground-fixture';

// A browser and its renders share the processors with the other suites.
jest.setTimeout(120_000);

let playground: PlaygroundFixture;
beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(() => playground.close());

const test = testWith('chromium', CHROMIUM);

/** As the page sends it. */
const ACCEPT = 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8';

async function bytesOf(url: string): Promise<Buffer> {
  const response = await fetch(url, { headers: { accept: ACCEPT } });
  return Buffer.from(await response.arrayBuffer());
}

/** Red, green and blue in the middle of the square variant on show. */
async function middleOf(page: Page): Promise<readonly number[]> {
  const pixels = await pixelsOfVariant(page);
  const side = Math.sqrt(pixels.length / 4);
  const at = (Math.floor(side / 2) * side + Math.floor(side / 2)) * 4;
  return [...pixels.subarray(at, at + 3)];
}

function expectQuiet({ complaints, strangers }: OpenPage): void {
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
}

test('shows the first picture cropped, in four formats, with what was measured', async () => {
  const opened = await playground.open({}, '');
  const { page } = opened;
  // The first JPEG, cropped off the centre, as the terminal's first example.
  const [example] = exampleUrls(playground.edge.url, ['compass.png', '%ED%95%9C%EA%B8%80/wide.jpg']);
  expect(await shownUrl(page)).toBe(example);
  await showFormats(page);
  const facts = await page.locator('#facts > div').allInnerTexts();
  expect(facts).toEqual([
    expect.stringMatching(/^Bytes\s+[\d,.]+ (byte|kB)$/),
    expect.stringMatching(/^vs JPEG, same size\s+[+-]?[\d,.]+%$/),
    expect.stringMatching(/^vs original\s+[+-]?[\d,.]+%$/),
    // Never enlarged: the source is 200 high.
    expect.stringMatching(/^Pixels\s+200 × 200$/),
    expect.stringMatching(/^Format\s+AVIF$/),
    expect.stringMatching(/^Cache\s+miss$/),
    expect.stringMatching(/^Time\s+[\d,.]+ ms$/),
    expect.stringMatching(/^Server timing\s+cdn-cache-miss, fetch;dur=\d+, render;dur=\d+$/),
    expect.stringMatching(/^Crop status\s+rendered;size=200x200;bytes=\d+;attempts=1$/),
  ]);
  expect(await page.locator('#explanation').innerText()).toBe(
    'Asked for 480 × 480, got 200 × 200: the original has no more pixels, and nothing is enlarged.',
  );
  expect(await page.locator('#film li:not([hidden]) strong').allInnerTexts()).toEqual([
    'jpeg',
    'png',
    'webp',
    'avif',
  ]);
  for (const weight of await page.locator('#film li:not([hidden]) .weight').allInnerTexts())
    expect(weight).toMatch(/^\d/);

  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.waitForSelector('#facts .hit');
  expectQuiet(opened);
});

test('has a control for each parameter, and the URL that it copies is answered with the bytes on show', async () => {
  const opened = await playground.open();
  const { page } = opened;
  await page.locator('#pictures label', { hasText: 'wide.jpg' }).click();
  await page.locator('#t').selectOption('A');
  await page.locator('#w').fill('90');
  // The slider's steps grow with the size: the 30th is 60 pixels.
  await page.getByRole('slider', { name: 'Height' }).fill('30');
  await page.getByRole('group', { name: 'Format format' }).getByRole('radio', { name: 'png' }).check();
  await page.locator('#quality').fill('35');
  await page.getByRole('group', { name: 'Fit fit' }).getByRole('radio', { name: 'contain' }).check();
  await page.getByRole('radio', { name: 'southeast' }).check();
  await page.locator('#dpr').fill('2');
  const url = `${playground.edge.url}%ED%95%9C%EA%B8%80/wide.jpg?t=A&w=90&h=60&format=png&quality=35&fit=contain&position=southeast&dpr=2`;
  await settled(page);

  await page.getByRole('button', { name: 'Copy URL' }).click();
  await page.getByText('Copied', { exact: true }).first().waitFor();
  const copied = String(await page.evaluate('navigator.clipboard.readText()'));
  expect(copied).toBe(url);
  const bytes = await bytesOf(copied);
  const { format, width, height } = await sharp(bytes).metadata();
  expect([format, width, height]).toEqual(['png', 180, 120]);
  expect(await page.locator('#facts dd').first().innerText()).toBe(`${bytes.length} byte`);
  const pixels = await sharp(bytes).ensureAlpha().raw().toBuffer();
  expect((await pixelsOfVariant(page)).equals(pixels)).toBe(true);
  expect(await page.locator('#markup-text').inputValue()).toContain('&amp;position=southeast&amp;dpr=2 2x');
  expect(await page.locator('#curl-text').inputValue()).toBe(`curl -sSD - -o picture '${url}'`);

  await page.reload();
  await settled(page);
  expect(await shownUrl(page)).toBe(url);
  expectQuiet(opened);
});

test('what the type has locked is not offered', async () => {
  const { page } = await playground.open();
  await page.route('**/_edgecrop/settings', (route) =>
    route.fulfill({ json: { types: { A: {}, thumb: { w: 200, locked: ['w', 'dpr'] } }, quality: 80 } }),
  );
  await page.goto(`${playground.edge.playground}#/compass.png?t=thumb`);
  await page.reload();
  await settled(page);
  const w = page.locator('#w');
  expect([await w.isDisabled(), await w.getAttribute('placeholder')]).toEqual([true, '200']);
  expect(await page.locator('#h').isDisabled()).toBe(false);
  await page.locator('#t').selectOption('A');
  expect(await w.isDisabled()).toBe(false);
});

test('cuts around the point that is clicked, and draws what it cuts', async () => {
  const opened = await playground.open({}, '#/compass.png?t=A&w=100&h=100&format=png');
  const { page } = opened;
  const box = await page.locator('#focal').boundingBox();
  if (!box) throw new Error('the original is not on show');
  const before = await middleOf(page);
  expect(distance(before, COMPASS.southeast)).toBeLessThan(40);
  await page.mouse.click(box.x + box.width * 0.15, box.y + box.height * 0.9);
  await page.waitForURL(/position=/);
  await settled(page);
  expect(await shownUrl(page)).toMatch(/&position=0\.15,0\.9$/);
  expect(distance(await middleOf(page), COMPASS.southwest)).toBeLessThan(40);
  await expectCrop(page, { left: 0, top: 0, width: 0.667, height: 1 });

  await page.locator('#w').fill('20');
  await settled(page);
  await expectCrop(page, { left: 0.083, top: 0, width: 0.133, height: 1 });
  expectQuiet(opened);
});

async function expectCrop(page: Page, expected: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, value] of Object.entries(expected)) {
    const shown = await page.evaluate(`document.querySelector('#crop').style.${name}`);
    expect(Number.parseFloat(String(shown)) / 100).toBeCloseTo(value, 2);
  }
}

test('says what is not allowed as the edge says it', async () => {
  const { page, strangers } = await playground.open();
  await page.locator('#w').fill('99999');
  const error = page.getByRole('alert');
  await error.waitFor();
  const answer = await fetch(`${playground.edge.url}compass.png?t=A&w=99999`);
  expect(answer.status).toBe(400);
  expect(await error.innerText()).toBe((await answer.text()).trim());
  expect(await page.locator('#w').getAttribute('aria-invalid')).toBe('true');

  await page.locator('#w').fill('100');
  await error.waitFor({ state: 'hidden' });
  await settled(page);
  expect(strangers).toEqual([]);
});

test('takes pictures that are chosen or dropped, and leaves the folder alone', async () => {
  const opened = await playground.open();
  const { page } = opened;
  const before = await readdir(playground.images, { recursive: true });
  const chosen = await compass(300, 200).png().toBuffer();
  await page
    .locator('#file')
    .setInputFiles({ name: 'my picture.png', mimeType: 'image/png', buffer: chosen });
  await page.waitForURL(/_dropped/);
  await settled(page);
  expect(await shownUrl(page)).toMatch(
    /\/_dropped\/[0-9a-f]{8}-my%20picture\.png\?t=A&w=480&h=480&format=webp$/,
  );
  const original = await bytesOf((await shownUrl(page)).replace(/\?.*/, ''));
  expect(original.equals(chosen)).toBe(true);
  expect(await page.locator('#original-facts').innerText()).toMatch(/^300 × 200 · PNG/);

  const dropped = await compass(320, 200).jpeg().toBuffer();
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob('${dropped.toString('base64')}'), (c) => c.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], 'dropped.jpg', { type: 'image/jpeg' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
  })()`);
  await page.waitForURL(/dropped\.jpg/);
  await settled(page);
  expect(await page.locator('#original-facts').innerText()).toMatch(/^320 × 200 · JPEG/);
  expect(await readdir(playground.images, { recursive: true })).toEqual(before);
  expectQuiet(opened);
});

test('says why a file is not taken', async () => {
  const { page } = await playground.open();
  await page
    .locator('#file')
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await page.getByText('a.pdf is not a picture. JPEG,').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await page.locator('#upload').isVisible()).toBe(false);
});

test('is used with the keyboard alone', async () => {
  const opened = await playground.open();
  const { page } = opened;
  const tabTo = async (selector: string) => {
    for (let i = 0; i < 60; i++) {
      if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${selector} is not reached`);
  };
  await tabTo('input[name=picture]');
  await page.keyboard.press('ArrowRight');
  await tabTo('#focal');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowDown');
  await tabTo('#split');
  await page.keyboard.press('ArrowRight');
  await tabTo('#w');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('64');
  await tabTo('input[name=format]');
  await page.keyboard.press('ArrowRight');
  await settled(page);
  expect(await shownUrl(page)).toBe(
    `${playground.edge.url}%ED%95%9C%EA%B8%80/wide.jpg?t=A&w=64&h=480&format=avif&position=0.48,0.6`,
  );
  expect(await page.locator('#split').inputValue()).toBe('51');
  expect(await page.evaluate("document.querySelector('#comparison').style.getPropertyValue('--split')")).toBe(
    '51%',
  );
  await tabTo('#url-text + button');
  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).first().waitFor();
  expectQuiet(opened);
});

test('speaks Korean to who reads it, and switches', async () => {
  const opened = await playground.open({ locale: 'ko-KR' });
  const { page } = opened;
  expect(await page.locator('html').getAttribute('lang')).toBe('ko');
  await page.getByRole('button', { name: '다시 요청' }).waitFor();
  const untranslated = await page.locator('[data-word]').allInnerTexts();
  expect(untranslated.filter((text) => /^[A-Za-z ]+$/.test(text))).toEqual([]);

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Ask again' }).waitFor();
  await settled(page);
  await page.reload();
  await settled(page);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expectQuiet(opened);
});

test.each([
  ['en-GB', 390],
  ['ko-KR', 390],
  ['en-GB', 320],
  ['en-GB', 768],
])('fits a phone: %s, %i pixels', async (locale, width) => {
  const opened = await playground.open(
    { locale, viewport: { width, height: 844 } },
    '#/compass.png?t=A&w=100&h=100&format=webp',
  );
  expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  expectQuiet(opened);
});

test('nothing moves while it waits for another answer', async () => {
  // Without a sentence about the size, which takes as many lines as the machine's font makes of it.
  const { page } = await playground.open({}, '#/compass.png?t=A&w=300&h=300&format=webp');
  const places = () =>
    page.evaluate(
      "[...document.querySelectorAll('section, form, figure')].map((e) => Object.values(e.getBoundingClientRect().toJSON()).join())",
    );
  const before = await places();
  await page.locator('#w').fill('abc');
  await page.getByRole('alert').waitFor();
  expect(await places()).toEqual(before);
});
