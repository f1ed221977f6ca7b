import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readAssemblySettings } from '../assembly/assembly-settings';
import type { Page, PageAnswer } from '../http/server';
import { findPictures, type PathOf } from './image-folder';
import { createDroppedPictures, type DroppedPictures } from './uploaded-pictures';

export interface PlaygroundOptions {
  /** The folder of a synthesised cloud assembly. */
  readonly assembly: string;
  /** The folder with the originals. */
  readonly images: string;
  /** Where in its bucket the paths of URLs begin, for what is dropped; empty for all of it. */
  readonly originPath: string;
  readonly pathOf: PathOf;
  /** Of the viewer-request function that most paths go through; empty where there is none. */
  readonly code: string;
}

/** A page to try crops on, and what it asks the edge beside pictures. */
export interface Playground {
  /** Its path on the edge. */
  readonly path: string;
  readonly pages: ReadonlyMap<string, Page>;
  /** The folder of the pictures that were dropped on the page; their paths are their keys. */
  readonly dropped: string;
  close(): Promise<void>;
}

const PATH = '/_edgecrop/';
const SOURCES = join(__dirname, '../..', 'playground');
/** More would be no choice. */
const MAX_PICTURES = 200;

/** Nothing leaves the edge; `blob:` is what the page was answered, shown. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Makes the playground ready to be served: its script is bundled now, so that nobody has to build it. */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { assembly, images, originPath, pathOf, code } = options;
  const [html, style, icon, script] = await Promise.all([
    readFile(join(SOURCES, 'index.html')),
    readFile(join(SOURCES, 'style.css')),
    readFile(join(SOURCES, 'icon.svg')),
    bundle(join(SOURCES, 'main.ts')),
  ]);
  const settings = readAssemblySettings(assembly, code);
  const dropped = await createDroppedPictures(originPath);
  const file = (type: string, body: Buffer, headers = {}): Page =>
    only('GET', async () => ({ type, body, headers }));

  return {
    path: PATH,
    pages: new Map<string, Page>([
      [
        PATH.slice(0, -1),
        async () => ({ status: 308, type: 'text/plain', headers: { location: PATH }, body: '' }),
      ],
      [
        PATH,
        file('text/html; charset=utf-8', html, {
          'content-security-policy': POLICY,
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
        }),
      ],
      [`${PATH}style.css`, file('text/css; charset=utf-8', style)],
      [`${PATH}main.js`, file('text/javascript; charset=utf-8', script)],
      [`${PATH}icon.svg`, file('image/svg+xml', icon)],
      [`${PATH}settings`, only('GET', async () => json(settings ?? {}))],
      [`${PATH}pictures`, pictures(() => findPictures(images, pathOf, MAX_PICTURES), dropped)],
    ]),
    dropped: dropped.folder,
    close: () => dropped.close(),
  };
}

/** GET lists keys; PUT with `?name=` holds a picture until the edge ends, and names its key. */
function pictures(find: () => Promise<readonly string[]>, dropped: DroppedPictures): Page {
  return async (request) => {
    if (request.method === 'GET') {
      const keys = (await find()).map(decodeURIComponent);
      return json({ pictures: [...dropped.keys(), ...keys.toSorted()] });
    }
    if (request.method !== 'PUT') return notAllowed(request.method, 'GET, PUT');
    // Browsers ask before they send this across origins, and nothing here says yes; this is for who does not ask.
    const site = request.headers['sec-fetch-site'] ?? 'same-origin';
    if (site !== 'same-origin') return line(403, `sec-fetch-site: got "${site}", allowed: same-origin`);
    const result = await dropped.add({
      name: new URLSearchParams(request.querystring).get('name') ?? '',
      type: request.headers['content-type'],
      body: request.body,
    });
    return result.kind === 'held'
      ? { ...json({ key: result.key }), status: 201 }
      : line(result.status, result.line);
  };
}

function only(method: string, page: Page): Page {
  return async (request) => (request.method === method ? page(request) : notAllowed(request.method, method));
}

function notAllowed(method: string, allowed: string): PageAnswer {
  return { ...line(405, `method: got ${method}, allowed: ${allowed}`), headers: { allow: allowed } };
}

function line(status: number, text: string): PageAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n` };
}

function json(value: object): PageAnswer {
  return { type: 'application/json', body: JSON.stringify(value) };
}

async function bundle(entry: string): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  });
  return Buffer.from(outputFiles[0]?.text ?? '');
}
