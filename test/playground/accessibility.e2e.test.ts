import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { testWith } from '../support/programs';
import { CHROMIUM } from './browser';
import { type PlaygroundFixture, showFormats, startPlayground } from './playground-fixture';

jest.setTimeout(120_000);

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let playground: PlaygroundFixture;
beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(() => playground.close());

const test = testWith('chromium', CHROMIUM);

async function violations(page: Page): Promise<readonly string[]> {
  // Past the page's own policy, which lets no other script in.
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`);
}

const PHONE = { viewport: { width: 390, height: 844 } };

test.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['dark, Korean, on a phone', { colorScheme: 'dark', locale: 'ko-KR', ...PHONE }],
  ['forced colours', { forcedColors: 'active' }],
] satisfies readonly (readonly [string, BrowserContextOptions])[])(
  'axe finds nothing: %s',
  async (_, options) => {
    const { page } = await playground.open(options);
    await showFormats(page);
    expect(await violations(page)).toEqual([]);
  },
);

test('axe finds nothing in the form of a type and beside a failure', async () => {
  const { page } = await playground.open();
  await page.getByRole('radio', { name: 'Save as type' }).check();
  await page.getByRole('radio', { name: 'Part', exact: true }).check();
  await page.locator('#description summary').click();
  await page.evaluate("location.hash = '#/nothere.jpg?t=A&w=300'");
  await page.getByRole('alert').waitFor();
  expect(await violations(page)).toEqual([]);
});

test('forced colours show what is chosen', async () => {
  const { page } = await playground.open({ forcedColors: 'active' });
  const ground = (selector: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);
  const chosen = await ground('input[name=format][value=webp] + span');
  expect(chosen).not.toBe(await ground('input[name=format][value=png] + span'));
});

test.each([
  ['en-GB', 320],
  ['ko-KR', 640],
  ['en-GB', 1280],
  ['ko-KR', 1920],
])('nothing is cut off: %s, %i pixels', async (locale, width) => {
  const { page } = await playground.open({ locale, viewport: { width, height: 800 } });
  await showFormats(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  const cut = await page.evaluate(
    "[...document.querySelectorAll('dd, dt, .panel .note, #fields span, .segments span')].filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && !e.classList.contains('hidden')).map((e) => e.textContent)",
  );
  expect(cut).toEqual([]);
});

test('at 200 % zoom every control can be reached', async () => {
  // What a browser shows of a window of 1280 × 800 then.
  const { page } = await playground.open({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(640);
  for (const id of ['w', 'quality', 'reset', 'split', 'again', 'draw', 'domain']) {
    const control = page.locator(`#${id}`);
    await control.scrollIntoViewIfNeeded();
    await control.focus();
    // Nothing that sticks covers it.
    await control.click({ trial: true });
    const box = await control.boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= 400).toBe(true);
  }
});

test('shows pixels as they are, and the part of the original that is in view', async () => {
  const { page } = await playground.open({ deviceScaleFactor: 2 }, '#/compass.png?t=A&w=400&h=400');
  await page.getByRole('radio', { name: '100 %' }).check();
  expect(await page.locator('#scale').innerText()).toBe('100 %');
  expect(await page.evaluate("document.querySelector('#comparison').offsetWidth")).toBe(200);
  await page.getByRole('radio', { name: '200 %' }).check();
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.locator('#view').waitFor();
  const before = await page.locator('#view').boundingBox();
  const box = await page.locator('#viewport').boundingBox();
  if (!box || !before) throw new Error('the variant is not on show');
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 - 60, { steps: 5 });
  await page.mouse.up();
  await page.waitForTimeout(200);
  expect((await page.locator('#view').boundingBox())?.y).toBeGreaterThan(before.y);
  await page.getByRole('radio', { name: 'Difference' }).check();
  expect(await page.evaluate("getComputedStyle(document.querySelector('#variant')).mixBlendMode")).toBe(
    'difference',
  );
});
