import sharp from 'sharp';
import { compass } from '../../conformance/objects/draw';
import { testWith } from '../support/programs';
import { CHROMIUM } from './browser';
import { type PlaygroundFixture, settled, showFormats, startPlayground, until } from './playground-fixture';

jest.setTimeout(120_000);

let playground: PlaygroundFixture;
beforeAll(async () => {
  const frames = await Promise.all([1, 9, 17].map((blur) => compass(60, 40).blur(blur).png().toBuffer()));
  const many = Array.from({ length: 40 }, (_, at) => [`many/DSC_${100 + at}.png`, frames[0]] as const);
  playground = await startPlayground({
    files: {
      'broken.jpg': Buffer.from('ffd8ffe000104a46494600', 'hex'),
      'spin.gif': await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
      ...Object.fromEntries(many),
    },
  });
});
afterAll(() => playground.close());

const test = testWith('chromium', CHROMIUM);

test('a missing picture is named, in place of the store’s XML', async () => {
  const { page } = await playground.open({}, '#/nothere.jpg?t=A&w=300&h=300');
  expect(await page.getByRole('alert').innerText()).toBe(
    'There is no picture nothere.jpg. Choose one above, or check the link.',
  );
  await page.getByRole('button', { name: '한국어' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('이런 사진이 없습니다: nothere.jpg');
  expect(await page.locator('body').innerText()).not.toMatch(/<Error>|does not show/);
});

test('a damaged file is called damaged, and nothing is drawn over it', async () => {
  const { page } = await playground.open({}, '#/broken.jpg?t=A&w=300&h=300');
  expect(await page.getByRole('alert').innerText()).toMatch(/^The file is damaged or not what its name says/);
  expect(await page.locator('#original-failure').innerText()).toBe('This file is damaged or not a picture.');
  for (const id of ['#focal', '#marker', '#crop']) expect(await page.locator(id).isVisible()).toBe(false);
});

test('without an edge no fact of the answer before is left', async () => {
  const { page } = await playground.open();
  await page.route('**/compass.png*', (route) => route.abort());
  await page.locator('#w').fill('100');
  await page.getByText('The edge does not answer. Is it running?').waitFor();
  const facts = await page.locator('#facts dd').allInnerTexts();
  expect(facts).toEqual(facts.map(() => '–'));
});

test('each file that is not taken has a line of its own, in the language of the page', async () => {
  const { page } = await playground.open({ locale: 'ko-KR' });
  const file = (name: string, mimeType: string) => ({ name, mimeType, buffer: Buffer.from('x') });
  await page
    .locator('#file')
    .setInputFiles([file('IMG_1.HEIC', 'image/heic'), file('notes.txt', 'text/plain')]);
  const message = page.locator('#pictures-message p');
  await message.nth(1).waitFor();
  expect(await message.allInnerTexts()).toEqual([
    'IMG_1.HEIC: HEIC 사진(iPhone)은 설정에 heic: true가 있어야 자를 수 있습니다. 아니면 JPEG로 내보내세요.',
    'notes.txt: 사진이 아닙니다. JPEG, PNG, WebP, AVIF, GIF, TIFF만 됩니다.',
  ]);
  await page.getByRole('button', { name: 'English' }).click();
  expect(await message.first().innerText()).toMatch(/^IMG_1\.HEIC: HEIC photos \(iPhone\) are not cropped/);
  await page.locator('#pictures label', { hasText: 'wide.jpg' }).click();
  expect(await page.locator('#upload').isVisible()).toBe(false);
});

test('an animation is measured against an animation, and stills are called stills', async () => {
  const { page } = await playground.open({}, '#/spin.gif?t=A&w=30&h=30');
  await showFormats(page);
  const stills = await page.locator('#film li:has(.badge:not([hidden])) strong').allInnerTexts();
  expect(stills).toEqual(['jpeg', 'png', 'avif']);
  expect(await page.locator('#film li:not([hidden]) strong').first().innerText()).toBe('as original');
  expect(await page.locator('#film .shown, #film [aria-pressed=true]').count()).toBe(1);
  expect(await page.locator('#facts dt').nth(1).innerText()).toBe('vs GIF, same size');
});

test('of many pictures the chosen one is in view, and a filter finds the others', async () => {
  const { page } = await playground.open({}, '#/many/DSC_135.png?t=A&w=30&h=30');
  const tile = await page.locator('#pictures label:has(:checked)').boundingBox();
  expect(tile && tile.x > 0 && tile.x + tile.width < 1280).toBe(true);
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('dsc_11');
  expect(await page.locator('#pictures label:visible').count()).toBe(10);
  expect(await page.locator('#pictures-count').innerText()).toBe('10 of 44');
});

test('bytes over quality are drawn from renders, and a change ends the drawing', async () => {
  const { page } = await playground.open({}, '#/compass.png?t=A&w=60&h=40&format=webp');
  await page.getByRole('button', { name: 'Draw' }).click();
  await until(async () => (await page.locator('#curve circle').count()) === 21);
  const point = page.getByRole('button', { name: /^webp, quality 60: / });
  const bytes = Number(/: ([\d.]+) byte/.exec((await point.getAttribute('aria-label')) ?? '')?.[1]);
  await point.press('Enter');
  await settled(page);
  expect(await page.locator('#quality').inputValue()).toBe('60');
  expect(await page.locator('#facts dd').first().innerText()).toBe(`${bytes} byte`);

  await page.getByRole('button', { name: 'Draw' }).click();
  await page.locator('#curve circle').first().waitFor();
  await page.locator('#w').fill('50');
  await settled(page);
  const count = await page.locator('#curve circle').count();
  await page.waitForTimeout(1000);
  expect([count, await page.locator('#curve circle').count()]).toEqual([0, 0]);
});
