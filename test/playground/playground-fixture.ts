import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { compass } from '../../conformance/objects/draw';
import { type DevEdge, startDevEdge } from '../../edge/dev-edge';
import { signUrl } from '../../signing/sign';
import { writeImages } from '../edge/dev-edge-fixture';
import { assemblyDir } from '../support/assembly';
import { synthesiseApp } from '../support/cdk-app';
import { afterThisTest } from '../support/cleanup';
import { launch } from './browser';

/** One browser and one edge for all tests of a file. */
export interface PlaygroundFixture {
  readonly edge: DevEdge;
  /** The folder with the originals: `compass.png` of 600 × 400, and `한글/wide.jpg` of 800 × 200. */
  readonly images: string;
  /**
   * Shows this markup and nothing else on a page of the same host, 1000 pixels wide: the same page for all markup at
   * one density.
   */
  openMarkup(markup: string, density: number): Promise<Page>;
  /** Opens the playground, and waits until it shows something. */
  open(options?: BrowserContextOptions, hash?: string): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** URLs that are not the edge's. */
  readonly strangers: readonly string[];
}

export interface PlaygroundFixtureOptions {
  /**
   * What stands under `edgecrop` in `cdk.json`.
   *
   * @default - the assembly of the whole run
   */
  readonly configuration?: object;
  /** Files beside the two that are always there. */
  readonly files?: Readonly<Record<string, Buffer>>;
}

const SCREEN = { viewport: { width: 1000, height: 800 } };

export async function startPlayground({
  configuration,
  files = {},
}: PlaygroundFixtureOptions = {}): Promise<PlaygroundFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-test-'));
  const images = join(folder, 'images');
  await writeImages(images, {
    'compass.png': await compass(600, 400).png().toBuffer(),
    '한글/wide.jpg': await compass(800, 200).jpeg().toBuffer(),
    ...files,
  });
  const assembly = configuration ? await configured(folder, configuration) : assemblyDir();
  const edge = await startDevEdge({ assembly, images, playground: true, concurrency: 2, signUrl });
  let browser: Browser | undefined;
  const empty = new Map<number, Page>();

  return {
    edge,
    images,
    open: async (options = {}, hash = '#/compass.png?t=A&w=480&h=480&format=webp') => {
      browser ??= await launch();
      const context = await browser.newContext({
        locale: 'en-GB',
        viewport: { width: 1280, height: 900 },
        permissions: ['clipboard-read', 'clipboard-write'],
        ...options,
      });
      afterThisTest(() => context.close());
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      const strangers: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(edge.url) && !url.startsWith(`blob:${edge.url}`)) strangers.push(url);
      });
      await page.goto(`${edge.playground}${hash}`);
      await settled(page);
      return { page, complaints, strangers };
    },
    openMarkup: async (markup, density) => {
      browser ??= await launch();
      const page = empty.get(density) ?? (await browser.newPage({ ...SCREEN, deviceScaleFactor: density }));
      empty.set(density, page);
      const address = `${edge.url}markup`;
      await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: markup }));
      await page.goto(address);
      await page.unroute(address);
      return page;
    },
    close: async () => {
      await browser?.close();
      await edge.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Synthesises this project with another configuration. */
async function configured(folder: string, configuration: object): Promise<string> {
  const output = join(folder, 'cdk.out');
  await synthesiseApp({ output, configuration });
  return output;
}

/** Waits until the page has shown all that it asked the edge for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('body:has(#canvas[aria-busy=false]):not(:has(#film [aria-busy=true]))');
}

/** Brings the formats into view, which are rendered only there. */
export async function showFormats(page: Page): Promise<void> {
  await page.locator('#film').scrollIntoViewIfNeeded();
  const weights = page.locator('#film li:not([hidden]) .weight');
  await until(async () => (await weights.allInnerTexts()).every((text) => /^\d/.test(text)));
}

/** Waits for something that the page's policy lets no script of a test wait for. */
export async function until(isDone: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error('it has not come about within a minute');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What the URL field says. */
export function shownUrl(page: Page): Promise<string> {
  return page.locator('#url-text').inputValue();
}

/** Red, green, blue and alpha of the variant that is on show. */
export async function pixelsOfVariant(page: Page): Promise<Buffer> {
  const pixels = await page.evaluate(`(() => {
    const image = document.getElementById('variant');
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext('2d');
    canvas.drawImage(image, 0, 0);
    return [...canvas.getImageData(0, 0, image.naturalWidth, image.naturalHeight).data];
  })()`);
  return Buffer.from(pixels as number[]);
}
