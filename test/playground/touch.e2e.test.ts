import type { Page } from 'playwright-core';
import { testWith } from '../support/programs';
import { CHROMIUM } from './browser';
import { type PlaygroundFixture, shownUrl, startPlayground } from './playground-fixture';

jest.setTimeout(120_000);

let playground: PlaygroundFixture;
beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(() => playground.close());

const test = testWith('chromium', CHROMIUM);

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A finger that moves up by so many pixels, from the upper left part of an element. */
async function swipeUp(page: Page, selector: string, by: number): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not on show`);
  const [x, y] = [box.x + box.width * 0.25, box.y + box.height * 0.7];
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at = y) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: at }],
    });
  await touch('touchStart');
  for (let moved = 10; moved <= by; moved += 10) await touch('touchMove', y - moved);
  await touch('touchEnd');
  await page.waitForTimeout(300);
}

/** A finger from one point of the original to another, in fractions of it. */
async function dragFinger(page: Page, from: readonly number[], to: readonly number[]): Promise<void> {
  const box = await page.locator('#focal').boundingBox();
  if (!box) throw new Error('the original is not on show');
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) => {
    const [x = 0, y = 0] = from.map((start, axis) => start + ((to[axis] ?? 0) - start) * share);
    return session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + box.width * x, y: box.y + box.height * y }],
    });
  };
  await touch('touchStart', 0);
  for (let step = 1; step <= 10; step++) await touch('touchMove', step / 10);
  await touch('touchEnd', 1);
}

const scrolled = (page: Page) => page.evaluate('scrollY') as Promise<number>;

test.each(['#focal', '#comparison'])(
  'a finger on %s scrolls the page, and changes nothing',
  async (selector) => {
    const { page } = await playground.open(PHONE);
    const url = await shownUrl(page);
    const split = await page.locator('#split').inputValue();
    await swipeUp(page, selector, 200);
    expect(await scrolled(page)).toBeGreaterThan(100);
    expect([await shownUrl(page), await page.locator('#split').inputValue()]).toEqual([url, split]);
  },
);

test('a tap sets the focal point, and a finger drags its marker', async () => {
  const { page } = await playground.open(PHONE, '#/compass.png?t=A&w=100&h=100');
  const box = await page.locator('#focal').boundingBox();
  if (!box) throw new Error('the original is not on show');
  await page.touchscreen.tap(box.x + box.width * 0.25, box.y + box.height * 0.75);
  await page.waitForURL(/position=0\.25,0\.75/);
  await dragFinger(page, [0.25, 0.75], [0.75, 0.25]);
  await page.waitForURL(/position=0\.75,0\.25/);
  expect(await scrolled(page)).toBe(0);
});

test('a finger drags the rectangle that is cropped from', async () => {
  const { page } = await playground.open(PHONE, '#/compass.png?t=A&w=60&h=60');
  await page.locator('label:has(#mark-part)').tap();
  await dragFinger(page, [0.1, 0.2], [0.6, 0.7]);
  await page.waitForURL(/rect=/);
  const rect = new URL(await shownUrl(page)).searchParams.get('rect') ?? '';
  const sides = rect.split(',').map(Number);
  for (const [side, wanted] of [0.1, 0.2, 0.5, 0.5].entries()) {
    expect(Math.abs((sides[side] ?? 0) - wanted)).toBeLessThan(0.02);
  }
  expect(await scrolled(page)).toBe(0);
});

test('picture and controls are in view together', async () => {
  const { page } = await playground.open(PHONE);
  await page.locator('#quality').scrollIntoViewIfNeeded();
  const variant = await page.locator('#comparison').boundingBox();
  const quality = await page.locator('#quality').boundingBox();
  expect(variant && variant.y >= 0 && variant.y + variant.height < (quality?.y ?? 0)).toBe(true);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.evaluate('scrollTo(0, 300)');
  for (const selector of ['#variant', '#quality']) {
    const box = await page.locator(selector).boundingBox();
    expect(box && box.y + box.height > 0 && box.y < 720).toBe(true);
  }
});
