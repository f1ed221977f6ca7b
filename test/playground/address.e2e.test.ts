import type { Page } from 'playwright-core';
import { testWith } from '../support/programs';
import { CHROMIUM } from './browser';
import { type PlaygroundFixture, settled, shownUrl, startPlayground } from './playground-fixture';

jest.setTimeout(120_000);

let playground: PlaygroundFixture;
beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(() => playground.close());

const test = testWith('chromium', CHROMIUM);

/** Counts what is asked of the edge, without the page's own files. */
function countRequests(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.url().startsWith('http') && !pathname.startsWith('/_edgecrop/')) count++;
  });
  return () => count;
}

/** Waits until a second and a half passes without a request; a page that never rests runs into the test's timeout. */
async function untilQuiet(page: Page, requests: () => number): Promise<void> {
  for (let before = -1; before !== requests(); ) {
    before = requests();
    await page.waitForTimeout(1500);
  }
}

test('a long drag gets past a browser that allows a hundred changes of the address in half a minute', async () => {
  const { page, complaints } = await playground.open();
  // As Safari does it.
  await page.evaluate(`(() => {
    let calls = 0;
    for (const name of ['pushState', 'replaceState']) {
      const original = history[name].bind(history);
      history[name] = (...args) => {
        if (++calls > 100) throw new DOMException('Attempt to use history more than 100 times', 'SecurityError');
        original(...args);
      };
    }
  })()`);
  const box = await page.locator('#focal').boundingBox();
  if (!box) throw new Error('the original is not on show');
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  for (let step = 1; step <= 150; step++) {
    await page.mouse.move(box.x + 10 + (step * (box.width - 20)) / 150, box.y + 10 + step / 3);
  }
  await page.mouse.up();
  await settled(page);
  const position = new URL(await shownUrl(page)).searchParams.get('position');
  expect(position).toMatch(/^0\.9\d,0\.\d+$/);
  await page.waitForURL((url) => url.hash.includes(`position=${position}`));
  expect(complaints).toEqual([]);
});

test('ten seconds of dragging ask the edge a dozen times at most, and leave nothing running', async () => {
  const { page } = await playground.open();
  const requests = countRequests(page);
  await untilQuiet(page, requests);
  const slider = page.getByRole('slider', { name: 'Width' });
  const box = await slider.boundingBox();
  if (!box) throw new Error('there is no slider');
  // The page's clock goes by the steps of the mouse: a busy machine would let the slider rest in between.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  const before = requests();
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.down();
  for (let milliseconds = 0; milliseconds < 10_000; milliseconds += 50) {
    const step = (milliseconds / 50) % 100;
    await page.mouse.move(box.x + 10 + step * ((box.width - 20) / 100), box.y + box.height / 2);
    await page.clock.runFor(50);
  }
  expect(requests()).toBe(before);
  await page.mouse.up();
  await page.clock.runFor(1000);
  await page.clock.resume();
  await untilQuiet(page, requests);
  await settled(page);
  expect(requests()).toBeLessThanOrEqual(12);
});

test('Back goes to the picture and the type before', async () => {
  const { page } = await playground.open();
  const first = await shownUrl(page);
  await page.locator('#w').fill('100');
  await page.waitForURL(/w=100/);
  await page.locator('#pictures label', { hasText: 'wide.jpg' }).click();
  await page.waitForURL(/wide\.jpg/);
  await page.locator('#t').selectOption('');
  await page.waitForURL(/wide\.jpg\?(?!t=)/);
  await page.goBack();
  await settled(page);
  expect(await shownUrl(page)).toContain('wide.jpg?t=A&w=100');
  await page.goBack();
  await settled(page);
  expect(await shownUrl(page)).toBe(first.replace('w=480', 'w=100'));
});

test('what is typed is asked for once, and half a point is filled up', async () => {
  const { page } = await playground.open();
  await settled(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.locator('#w').fill('');
  await page.locator('#w').pressSequentially('1200', { delay: 300 });
  await page.waitForURL(/w=1200/);
  await settled(page);
  const widths = asked.flatMap((url) => new URL(url).searchParams.get('w') ?? []);
  expect([...new Set(widths)]).toEqual(['1200']);

  await page.locator('#w').press('ArrowUp');
  await page.locator('#w').press('Shift+ArrowUp');
  expect(await page.locator('#w').inputValue()).toBe('1211');
  await page.getByLabel('x', { exact: true }).fill('0.3');
  await page.waitForURL(/position=0\.3,0\.5/);
  await settled(page);
  expect(await page.locator('#comparison').isVisible()).toBe(true);
});

test('a focal point stays with its picture', async () => {
  const { page } = await playground.open({}, '#/compass.png?t=A&w=100&h=100&position=0.2,0.3');
  await page.locator('#pictures label', { hasText: 'wide.jpg' }).click();
  await page.waitForURL(/wide\.jpg/);
  expect(await shownUrl(page)).not.toContain('position');
  await page.locator('#pictures label', { hasText: 'compass.png' }).click();
  await page.waitForURL(/compass\.png/);
  expect(await shownUrl(page)).toContain('position=0.2,0.3');
});
