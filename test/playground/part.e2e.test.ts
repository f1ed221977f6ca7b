import type { Page } from 'playwright-core';
import { COMPASS } from '../../conformance/objects/draw';
import { distance } from '../support/pictures';
import { testWith } from '../support/programs';
import { CHROMIUM } from './browser';
import {
  type PlaygroundFixture,
  pixelsOfVariant,
  settled,
  shownUrl,
  startPlayground,
  until,
} from './playground-fixture';

jest.setTimeout(120_000);

let playground: PlaygroundFixture;
beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(() => playground.close());

const test = testWith('chromium', CHROMIUM);

const SMALL = '#/compass.png?t=A&w=60&h=60&format=png';
const parameter = (url: string, name: string) => new URL(url).searchParams.get(name);

/** Draws from one corner of a rectangle to the other, in fractions of the original. */
async function drag(page: Page, from: readonly number[], to: readonly number[]): Promise<void> {
  const box = await page.locator('#focal').boundingBox();
  if (!box) throw new Error('there is no original on show');
  const at = ([x = 0, y = 0]: readonly number[]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 5 });
  await page.mouse.up();
  await until(async () => (await shownUrl(page)).includes('rect='));
  await settled(page);
}

const choosePart = (page: Page) => page.locator('label:has(#mark-part)').click();

test('a rectangle that is dragged on the original is all that is cropped from', async () => {
  const { page } = await playground.open({}, SMALL);
  await choosePart(page);
  // From the lower right to the upper left, over the north-west of the compass.
  await drag(page, [0.45, 0.4], [0.05, 0.1]);
  const [left = 0, top = 0, width = 0, height = 0] = (parameter(await shownUrl(page), 'rect') ?? '')
    .split(',')
    .map(Number);
  for (const [side, wanted] of [
    [left, 0.05],
    [top, 0.1],
    [width, 0.4],
    [height, 0.3],
  ] as const)
    expect(Math.abs(side - wanted)).toBeLessThan(0.01);
  const pixels = await pixelsOfVariant(page);
  const middle = (30 * 60 + 30) * 4;
  expect(distance([...pixels.subarray(middle, middle + 3)], COMPASS.northwest)).toBeLessThan(30);
  // The focal point has stayed where it was: with its defaults.
  expect(parameter(await shownUrl(page), 'position')).toBeNull();
  await page.locator('#whole').click();
  expect(parameter(await shownUrl(page), 'rect')).toBeNull();
});

test('keys move the rectangle, size it, and take it back', async () => {
  const { page } = await playground.open({}, `${SMALL}&rect=0.1,0.1,0.5,0.5`);
  await page.locator('#mark-point').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('#part-layer').focus();
  const rect = async () => parameter(await shownUrl(page), 'rect');
  await page.keyboard.press('ArrowRight');
  expect(await rect()).toBe('0.12,0.1,0.5,0.5');
  await page.keyboard.press('Shift+ArrowDown');
  expect(await rect()).toBe('0.12,0.1,0.5,0.52');
  await page.keyboard.press('Escape');
  expect(await rect()).toBeNull();
});

test('on a picture that is turned, the rectangle and the point are where they are seen', async () => {
  const { page } = await playground.open({}, `${SMALL}&rotate=90&rect=0,0,0.5,0.5&position=0,0`);
  const styleOf = (id: string) =>
    page.evaluate(`(({ left, top }) => [left, top].join())(document.getElementById('${id}').style)`);
  expect(await styleOf('part')).toBe('0%,50%');
  expect(await styleOf('marker')).toBe('0%,100%');
});

test('no rectangle is drawn where only the edge knows where the picture begins', async () => {
  const { page } = await playground.open({}, `${SMALL}&trim=10`);
  expect(await page.locator('#mark-part').isDisabled()).toBe(true);
});

test('shows the crop as JSON, and its placeholder, once they are opened', async () => {
  const { page } = await playground.open({}, SMALL);
  expect(await page.locator('#json').textContent()).toBe('');
  await page.locator('#description summary').click();
  await until(async () => (await page.locator('#placeholder-facts').innerText()) !== '');
  expect(JSON.parse(await page.locator('#json').innerText())).toMatchObject({
    width: 60,
    height: 60,
    source: { width: 600, height: 400, format: 'png' },
  });
  expect(await page.locator('#placeholder-facts').innerText()).toMatch(/^24 × 24 · \d+ bytes?$/);
});
