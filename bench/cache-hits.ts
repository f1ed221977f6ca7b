/**
 * How many renders do messy URLs cost? One trace of requests as they come in from pages, mails and crawlers,
 * sent through two edges in one run: the assembly as it deploys, and the same without its viewer-request
 * function. Usage: npm run bench:cache -- [--requests 2000]
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { parseCount } from '../bin/commands/options';
import { startDevEdge } from '../edge/dev-edge';
import { synthesise } from '../edge/local/synthesise';
import { createTrace } from './trace';

const PICTURES = 50;

/** The same assembly, as if the function had never been attached. */
function withoutViewerRequest(assembly: string, directory: string): string {
  cpSync(assembly, directory, { recursive: true });
  const file = join(directory, 'Edgecrop.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<
      string,
      { Type: string; Properties: Record<string, Record<string, Record<string, unknown>>> }
    >;
  };
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === 'AWS::CloudFront::Distribution') {
      delete Properties.DistributionConfig?.DefaultCacheBehavior?.FunctionAssociations;
    }
  }
  writeFileSync(file, JSON.stringify(template));
  return directory;
}

async function drawPictures(directory: string): Promise<void> {
  for (let i = 0; i < PICTURES; i++) {
    const background = `hsl(${(i * 360) / PICTURES}, 60%, 50%)`;
    const picture = sharp({ create: { width: 900, height: 600, channels: 3, background } });
    await picture.jpeg().toFile(join(directory, `${i}.jpg`));
  }
}

async function countRenders(assembly: string, images: string, urls: readonly string[]): Promise<number> {
  let renders = 0;
  const functionLog = (line: string) => {
    if (line.includes('"outcome":"rendered"')) renders++;
  };
  const edge = await startDevEdge({ assembly, images, functionLog });
  for (const url of urls) {
    const response = await fetch(new URL(url, edge.url), { headers: { accept: 'image/webp,*/*' } });
    if (response.status !== 200) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  }
  await edge.close();
  return renders;
}

async function main(): Promise<void> {
  const { requests } = new Command('npm run bench:cache --')
    .description('Renders for messy URLs, with the viewer-request function and without.')
    .option('--requests <n>', 'how many URLs are asked for', parseCount, 2000)
    .parse()
    .opts<{ requests: number }>();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-trace-'));
  try {
    const images = mkdtempSync(join(directory, 'images-'));
    const assembly = join(directory, 'assembly');
    await drawPictures(images);
    await synthesise({ output: assembly });
    const urls = createTrace(requests, PICTURES);
    const withFunction = await countRenders(assembly, images, urls);
    const bare = withoutViewerRequest(assembly, join(directory, 'bare'));
    const without = await countRenders(bare, images, urls);
    const perThousand = (renders: number) => Math.round((renders / requests) * 1000);
    console.log(`${requests} requests, ${PICTURES} pictures, ${new Set(urls).size} different URLs`);
    console.log(`renders per 1,000 requests with the function:    ${perThousand(withFunction)}`);
    console.log(`renders per 1,000 requests without the function: ${perThousand(without)}`);
    console.log(`ratio: ${(without / withFunction).toFixed(2)}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
