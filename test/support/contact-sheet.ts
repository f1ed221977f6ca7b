/**
 * Draws what the golden tests look at, so that a person can: each source beside its variant, in one PNG.
 * Usage: npm run contact-sheet -- [FILE]
 */
import sharp from 'sharp';
import { parse } from '../../lambda/contract/parse';
import { readQuery } from '../../lambda/contract/query';
import { resolve } from '../../lambda/contract/resolve';
import { plan } from '../../lambda/origin-response/plan/plan';
import { createSharpRenderer } from '../../lambda/origin-response/render/render';
import { readCroppingOptions } from '../../lib/configuration/cropping-options';
import { createGoldenCases, type GoldenCase } from './golden';
import { originalOf } from './original-of';

const CELL = { width: 220, height: 130 };
const COLUMNS = 5;
const SETTINGS = readCroppingOptions({ types: { dark: { background: '#102030' } } });
const renderer = createSharpRenderer();

async function crop({ source, query }: GoldenCase): Promise<Buffer> {
  const original = originalOf(source);
  const parsed = parse(readQuery(query), SETTINGS.types, false);
  if (parsed.kind !== 'crop') throw new Error(`${query}: no crop`);
  const planned = plan(resolve(parsed.request, SETTINGS), await renderer.inspect(original), SETTINGS);
  if (planned.kind === 'refuse') throw new Error(planned.reason);
  const picture = await renderer.draw(original, planned.plan, false);
  return picture.encode(planned.plan.encoding);
}

async function cell(golden: GoldenCase): Promise<Buffer> {
  // The source as it is stored, so that a wrong orientation shows beside the right one.
  const stored = await sharp(golden.source)
    .resize(100, 90, { fit: 'inside' })
    .flatten({ background: '#888' })
    .png()
    .toBuffer();
  const variant = await sharp(await crop(golden))
    .resize(100, 90, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
  const label = `<svg width="${CELL.width}" height="30"><text x="5" y="12" font-size="11" font-family="sans-serif">${golden.name}</text><text x="5" y="25" font-size="9" fill="#555" font-family="monospace">${golden.query.replaceAll('&', '&amp;')}</text></svg>`;
  return sharp({ create: { ...CELL, channels: 3, background: '#ffffff' } })
    .composite([
      { input: Buffer.from(label), left: 0, top: 0 },
      { input: stored, left: 5, top: 35 },
      { input: variant, left: 112, top: 35 },
    ])
    .png()
    .toBuffer();
}

async function main(): Promise<void> {
  const file = process.argv[2] ?? 'contact-sheet.png';
  await renderer.load();
  // The renderer has blocked every loader but its own; the labels here are SVG.
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] });
  const cells = await Promise.all((await createGoldenCases()).map(cell));
  const rows = Math.ceil(cells.length / COLUMNS);
  await sharp({
    create: { width: COLUMNS * CELL.width, height: rows * CELL.height, channels: 3, background: '#ffffff' },
  })
    .composite(
      cells.map((input, i) => ({
        input,
        left: (i % COLUMNS) * CELL.width,
        top: Math.floor(i / COLUMNS) * CELL.height,
      })),
    )
    .png()
    .toFile(file);
  console.log(`${cells.length} variants in ${file}`);
}

void main();
