import type { Page } from 'playwright-core';
import { COMPASS, compass } from '../../conformance/objects/draw';
import { distance } from '../support/pictures';
import { testWith } from '../support/programs';
import { CHROMIUM } from './browser';
import { type PlaygroundFixture, startPlayground } from './playground-fixture';

jest.setTimeout(120_000);

let playground: PlaygroundFixture;
beforeAll(async () => {
  playground = await startPlayground({
    configuration: {
      types: {
        thumb: { w: 200, h: 200, format: 'auto' },
        hero: { w: 300, h: 100, quality: 70, locked: ['w', 'h'] },
      },
      snap: { w: [160, 320, 640, 1280] },
    },
    files: { 'small.png': await compass(200, 120).png().toBuffer() },
  });
});
afterAll(() => playground.close());

const test = testWith('chromium', CHROMIUM);

/** What an image shows on a page at one density. */
interface Seen {
  readonly url: string;
  /** In the page's pixels, as laid out. */
  readonly box: readonly number[];
  /** Of the bytes that the browser chose. */
  readonly natural: readonly number[];
  /** Red, green and blue in each corner: northwest, northeast, southwest, southeast. */
  readonly corners: readonly (readonly number[])[];
}

/** Puts markup into an empty page of the same host, and looks at what comes of it. */
async function look(markup: string, density: number): Promise<Seen> {
  const page = await playground.openMarkup(
    `<!doctype html><body style="margin: 0">${markup}</body>`,
    density,
  );
  return (await page.evaluate(`(async () => {
    const image = document.querySelector('img');
    const { width, height } = image;
    // Not naturalWidth, which is divided by the density of the candidate.
    const bitmap = await createImageBitmap(await (await fetch(image.currentSrc)).blob());
    const canvas = new OffscreenCanvas(100, 100).getContext('2d');
    canvas.drawImage(image, 0, 0, 100, 100);
    const at = (x, y) => [...canvas.getImageData(x, y, 1, 1).data].slice(0, 3);
    return {
      url: image.currentSrc,
      box: [width, height],
      natural: [bitmap.width, bitmap.height],
      corners: [at(3, 3), at(96, 3), at(3, 96), at(96, 96)],
    };
  })()`)) as Seen;
}

async function copied(page: Page, tab: '<img>' | '<picture>'): Promise<string> {
  await page.getByRole('radio', { name: tab, exact: true }).check();
  await page.locator('.snippet:visible button').last().click();
  await page.locator('[data-word=copied]:visible').waitFor();
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

test.each([
  // The original is 600 × 400, and nothing is enlarged.
  ['A', '#/compass.png?t=A&w=300&h=200&format=webp', [300, 200], [600, 400]],
  ['A, with a screen’s density', '#/compass.png?t=A&w=150&h=100&dpr=2', [150, 100], [600, 400]],
  ['a free type', '#/compass.png?t=thumb', [200, 200], [400, 400]],
  ['a free type of another size', '#/compass.png?t=thumb&w=90&h=60', [90, 60], [320, 213]],
  ['a locked type', '#/compass.png?t=hero', [300, 100], [300, 100]],
  ['an original that is smaller', '#/small.png?t=A&w=480&h=480', [120, 120], [120, 120]],
  ['no box', '#/compass.png?t=A&format=webp', [1000, 667], [600, 400]],
  ['one side', '#/compass.png?t=A&w=150', [150, 100], [600, 400]],
] as const)('what is copied shows the same on every screen: %s', async (_, hash, box, most) => {
  const { page } = await playground.open({}, hash);
  for (const tab of ['<img>', '<picture>'] as const) {
    const markup = await copied(page, tab);
    for (const density of [1, 2, 3]) {
      const seen = await look(markup, density);
      expect([seen.url, seen.box]).toEqual([seen.url, box]);
      expect(seen.natural[0]).toBeGreaterThan(0);
      expect(seen.natural[0]).toBeLessThanOrEqual(most[0]);
      expect(seen.natural[1]).toBeLessThanOrEqual(most[1]);
      const colours = [COMPASS.northwest, COMPASS.northeast, COMPASS.southwest, COMPASS.southeast];
      for (const [at, colour] of colours.entries()) {
        expect(distance(seen.corners[at] ?? [], colour)).toBeLessThan(40);
      }
    }
  }
});

test('a denser screen gets more pixels, as far as the original has them', async () => {
  const { page } = await playground.open({}, '#/compass.png?t=A&w=150&h=100');
  const markup = await copied(page, '<img>');
  const widths: (number | undefined)[] = [];
  for (const density of [1, 2, 3]) widths.push((await look(markup, density)).natural[0]);
  // Rounded up to the steps of the configuration.
  expect(widths).toEqual([160, 320, 600]);
});

async function openSnippets(hash: string): Promise<Page> {
  const { page } = await playground.open({}, hash);
  return page;
}

test('everything is written for the domain that is given, and a dropped picture by its plain name', async () => {
  const page = await openSnippets('#/compass.png?t=A&w=100&h=100');
  await page.locator('#file').setInputFiles({
    name: 'mine.png',
    mimeType: 'image/png',
    buffer: await compass(300, 200).png().toBuffer(),
  });
  await page.waitForURL(/_dropped/);
  await page.locator('#domain').fill('cdn.example.com');
  await page.reload();
  await page.waitForSelector('#canvas[aria-busy=false]');
  for (const id of ['url', 'markup', 'picture', 'react', 'next', 'client', 'curl']) {
    const text = await page.locator(`#${id}-text`).inputValue();
    expect(text).toContain('https://cdn.example.com');
    expect(text).toContain('mine.png');
    expect(text).not.toMatch(/127\.0\.0\.1|_dropped/);
  }
  expect(await page.locator('#dropped-hint').isVisible()).toBe(true);
});

test('the values become a type for cdk.json, with locks', async () => {
  const page = await openSnippets('#/compass.png?t=A&w=300&h=100&quality=70');
  await page.getByRole('radio', { name: 'Save as type' }).check();
  await page.locator('#type-name').fill('hero');
  await page.getByRole('group', { name: 'Lock' }).getByLabel('w', { exact: true }).check();
  const { context } = JSON.parse(await page.locator('#cdk-text').inputValue());
  expect(context.edgecrop).toEqual({ types: { hero: { w: 300, h: 100, quality: 70, locked: ['w'] } } });
  await page.locator('#type-name').fill('no name');
  expect(await page.locator('#cdk-text').inputValue()).toBe('');
  await page.getByText('A name has 1 to 32 letters, digits, - or _.').waitFor();
});

test('says what snap and the type have done, and that a type is not there', async () => {
  const page = await openSnippets('#/compass.png?t=thumb');
  const explanation = page.locator('#explanation');
  expect(await explanation.innerText()).toBe(
    'Asked for 200 × 200, got 320 × 320: the deployment rounds sizes up to its steps (snap).',
  );
  expect(await page.locator('[data-preset="auto"]').innerText()).toMatch(/^default/);
  expect(await page.locator('#w').getAttribute('placeholder')).toBe('200');
  await page.evaluate("location.hash = '#/compass.png?t=zzz'");
  await explanation
    .filter({ hasText: 'There is no type zzz, so the edge answers with the original.' })
    .waitFor();
});
