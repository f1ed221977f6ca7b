import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssemblySettings } from '../assembly/assembly-settings';
import type { PathOfKey } from '../assembly/behavior-routing';
import type { Page, PageAnswer, PageRequest, Pages } from '../http/pages';
import { firstPicture } from './example-urls';
import { listPictures } from './image-folder';
import { createUploadedPictures, type UploadedPictures } from './uploaded-pictures';

export interface PlaygroundOptions {
  /** The folder with the originals. */
  readonly images: string;
  /** The origin's path in its bucket, under which uploads are stored; empty if there is none. */
  readonly originPath: string;
  readonly pathOfKey: PathOfKey;
  /** The asset of the default behaviour's origin-response function; empty if there is none. */
  readonly functionFolder: string;
  /**
   * Signs a URL with this run's key.
   *
   * @default - the distribution answers URLs without a signature
   */
  readonly signUrl?: SignUrl;
}

/** Adds a signature to a URL or a path. */
export type SignUrl = (url: string) => string;

/** The page to try crops on, with the endpoints that it uses. */
export interface Playground {
  /** Its path on the edge, with slashes at both ends. */
  readonly path: string;
  readonly pages: Pages;
  /** The folder of uploaded pictures; their relative paths are their keys. */
  readonly uploads: string;
  /** Removes the uploads. */
  close(): Promise<void>;
}

const PATH = '/_edgecrop/';
const SOURCES = join(__dirname, '../..', 'playground');
/** A longer list would be no help to choose from. */
const MAX_PICTURES = 2000;
/** More than the playground asks for at once, and few enough for one address. */
const MAX_URLS = 50;

/** The page may talk to the edge alone. `blob:` is for showing responses that it has fetched. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Opens the playground. */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { images, originPath, pathOfKey, functionFolder } = options;
  const [html, style, icon, script] = await Promise.all([
    readFile(join(SOURCES, 'index.html')),
    bundle('style/index.css', 'style.css'),
    readFile(join(SOURCES, 'icon.svg')),
    bundle('main.ts', 'main.js'),
  ]);
  const settings = readAssemblySettings(functionFolder);
  const uploads = await createUploadedPictures(originPath, settings?.heic);
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
      // A browser asks for the icon again whenever the address changes.
      [`${PATH}icon.svg`, file('image/svg+xml', icon, { 'cache-control': 'max-age=3600' })],
      [`${PATH}settings`, only('GET', async () => json(settings ?? {}))],
      [`${PATH}pictures`, pictures(() => listPictures(images, pathOfKey, settings?.heic), uploads)],
      ...(options.signUrl ? [[`${PATH}sign`, signatures(options.signUrl)] as const] : []),
    ]),
    uploads: uploads.folder,
    close: () => uploads.close(),
  };
}

/** GET lists keys. PUT with `?name=` stores a picture until the edge closes and returns its key. */
function pictures(find: () => Promise<readonly string[]>, uploads: UploadedPictures): Page {
  return async (request) => {
    if (request.method === 'GET') {
      const keys = (await find()).map(decodeURIComponent);
      return json({
        pictures: [...uploads.keys(), ...keys.slice(0, MAX_PICTURES)],
        first: firstPicture(keys),
        total: uploads.keys().length + keys.length,
      });
    }
    if (request.method !== 'PUT') return notAllowed(request.method, 'GET, PUT');
    // The CORS preflight already fails for other sites; this also refuses requests that need no preflight.
    const refused = refuseOtherSites(request);
    if (refused) return refused;
    const result = await uploads.add({
      name: new URLSearchParams(request.querystring).get('name') ?? '',
      type: request.headers['content-type'],
      body: request.body,
    });
    return result.kind === 'stored'
      ? { ...json({ key: result.key }), status: 201 }
      : line(result.status, result.line);
  };
}

/** GET with `?url=`, once for each, returns the URLs with signatures. */
function signatures(signUrl: SignUrl): Page {
  return only('GET', async (request) => {
    const refused = refuseOtherSites(request);
    if (refused) return refused;
    const urls = new URLSearchParams(request.querystring).getAll('url');
    if (urls.length > MAX_URLS) return line(400, `url: got ${urls.length}, allowed: at most ${MAX_URLS}`);
    try {
      return json({ urls: urls.map(signUrl) });
    } catch (error) {
      if (error instanceof TypeError) return line(400, error.message);
      throw error;
    }
  });
}

function refuseOtherSites({ headers }: PageRequest): PageAnswer | undefined {
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  return site === 'same-origin'
    ? undefined
    : line(403, `sec-fetch-site: got "${site}", allowed: same-origin`);
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

/** A page of the package is built already; in the repository it is bundled here, so that a change shows at once. */
async function bundle(name: string, builtName: string): Promise<Buffer> {
  const built = join(SOURCES, builtName);
  if (existsSync(built)) return readFile(built);
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(SOURCES, name)],
    ...{ bundle: true, write: false, format: 'esm', target: 'es2022', logLevel: 'silent' },
  });
  return Buffer.from(outputFiles[0]?.text ?? '');
}
