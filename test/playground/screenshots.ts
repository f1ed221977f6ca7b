import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { startDevEdge } from '../../edge/dev-edge';
import { synthesise } from '../../edge/local/synthesise';
import { launch } from './browser';

const PROJECT = join(__dirname, '../..');

/**
 * Pictures of the playground over the samples, for people to look at: `npm run screenshots -- DIR`. The first
 * is the README's.
 */
async function takeScreenshots(output: string): Promise<void> {
  const assembly = join(PROJECT, 'cdk.out');
  await synthesise({ output: assembly });
  await mkdir(output, { recursive: true });
  const edge = await startDevEdge({
    assembly,
    images: join(PROJECT, 'samples/images'),
    port: 8787,
    playground: true,
  });
  const browser = await launch();
  try {
    // The first render of a process is no picture of what follows.
    await fetch(`${edge.url}skyline.jpg?t=A&w=100&format=avif`);
    await fetch(`${edge.url}skyline.jpg?t=A&w=101&format=webp`);
    for (const { name, width, height, scheme, locale, hash } of VIEWS) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        locale,
        deviceScaleFactor: width < 500 ? 2 : 1,
      });
      const page = await context.newPage();
      await page.goto(`${edge.playground}${hash}`);
      if (!hash.includes('99999')) await page.waitForSelector('#film:not(:has([aria-busy=true]))');
      else await page.waitForSelector('#error:not([hidden])');
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(output, `${name}.png`), fullPage: true });
      await context.close();
      console.log(join(output, `${name}.png`));
    }
    await sharp(join(output, 'light.png'))
      .extract({ left: 0, top: 0, width: wide.width, height: README_HEIGHT })
      .webp({ quality: 82 })
      .toFile(join(PROJECT, 'docs/playground.webp'));
  } finally {
    await browser.close();
    await edge.close();
  }
}

/** Down to the formats. */
const README_HEIGHT = 1160;

const LAKE = '#/lake.jpg?t=A&w=480&h=480&format=webp&position=0.62,0.5';
const wide = { width: 1280, height: 900, scheme: 'light', locale: 'en-GB', hash: LAKE } as const;
const narrow = { ...wide, width: 390, height: 844 } as const;

const VIEWS = [
  { name: 'light', ...wide },
  { name: 'dark', ...wide, scheme: 'dark', hash: '#/skyline.jpg?t=A&w=640&h=360&format=avif&quality=50' },
  { name: 'phone-light', ...narrow },
  { name: 'phone-dark', ...narrow, scheme: 'dark', locale: 'ko-KR' },
  { name: 'refused', ...wide, hash: '#/lake.jpg?t=A&w=99999&format=webp' },
  { name: 'contain', ...wide, hash: '#/badge.png?t=A&w=480&h=300&fit=contain&format=webp' },
] as const;

takeScreenshots(process.argv[2] ?? '.cache/screenshots').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
