import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { marked } from 'marked';
import { launch } from '../../test/playground/browser';

const PROJECT = join(__dirname, '../..');

interface View {
  readonly name: string;
  /** Of the project: a page in Markdown, or code. */
  readonly file: string;
  readonly style: string;
  readonly scale: number;
}

const LIGHT = 'body{font:16px/1.5 sans-serif;margin:32px;color:#1f2328;background:#fff}';
const DARK = 'body{font:15px/1.5 sans-serif;margin:24px;color:#e6edf3;background:#0d1117}';
const TABLE = 'td,th{border:1px solid #8884;padding:4px 8px}table{border-collapse:collapse}';

const VIEWS: readonly View[] = [
  { name: 'page', file: 'README.md', style: `${LIGHT}a{color:#0969da}${TABLE}`, scale: 1 },
  { name: 'dark-page', file: 'docs/decisions.md', style: `${DARK}a{color:#4493f8}${TABLE}`, scale: 1 },
  {
    name: 'table',
    file: 'bench/RESULTS.md',
    style: `${LIGHT}body{font-size:13px}th{background:#ffe08a}tr:nth-child(even){background:#e7f1ff}${TABLE}`,
    scale: 2,
  },
  {
    name: 'korean',
    file: 'README.ko.md',
    style: `${LIGHT}h1,h2{color:#fff;background:#c8102e;padding:8px}a{color:#003da5}${TABLE}`,
    scale: 2,
  },
  {
    name: 'code',
    file: 'lambda/origin-response/render/render.ts',
    style:
      'body{font:14px/1.45 monospace;margin:16px;background:#1e1e2e;color:#cdd6f4;white-space:pre}b{color:#f38ba8}i{color:#a6e3a1}',
    scale: 1,
  },
];

/** The project's own pages and code in a browser, 1600×1200, as PNG by name. */
export async function takeScreenshots(): Promise<ReadonlyMap<string, Buffer>> {
  const shots = new Map<string, Buffer>();
  const browser = await launch();
  try {
    for (const { name, file, style, scale } of VIEWS) {
      const content = await readFile(join(PROJECT, file), 'utf8');
      const viewport = { width: 1600 / scale, height: 1200 / scale };
      const page = await browser.newPage({ viewport, deviceScaleFactor: scale });
      const body = file.endsWith('.ts') ? highlight(content) : await marked.parse(content);
      await page.setContent(`<style>${style}</style>${body}`);
      shots.set(name, await page.screenshot());
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return shots;
}

/** Keywords and texts in colours. */
function highlight(code: string): string {
  return code
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/'[^'\n]*'/g, '<i>$&</i>')
    .replace(
      /\b(import|from|export|const|function|async|await|return|type|interface|readonly|if|case)\b/g,
      '<b>$&</b>',
    );
}
