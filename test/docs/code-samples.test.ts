import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { imageUrl, srcSet } from '../../client/src';
import { nextLoader } from '../../client/src/adapters/next';
import { Consumer } from '../client/consumer';
import { codeBlock, codeBlocks } from './markdown';

const PAGES = ['html', 'javascript', 'frameworks', 'placeholders', 'focal-points', 'other-languages'];
const text = PAGES.map((page) => readFileSync(join(__dirname, `../../docs/${page}.md`), 'utf8')).join('\n');
let made: Consumer | undefined;
beforeAll(async () => {
  made = await Consumer.create();
}, 120_000);
afterAll(() => made?.remove());

function consumer(): Consumer {
  if (made === undefined) throw new Error('no package before the first test');
  return made;
}

const blocks = codeBlocks(text);
const CDN = 'https://cdn.example.com';
const CROP = { w: 640, h: 480, format: 'auto' } as const;
const STEPS = { widths: [320, 640, 1280] };

function block(info: string): string {
  return codeBlock(blocks, info);
}

/** Attributes of the elements in a text of HTML, entities read and line breaks of a srcset made one space. */
function elements(html: string): readonly Record<string, string>[] {
  return [...html.matchAll(/<(?:img|source)\s([^>]*)>/g)].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name.toLowerCase(),
        value.replaceAll('&amp;', '&').replace(/\s+/g, ' '),
      ]),
    ),
  );
}

const IMG = {
  src: imageUrl(CDN, 'photos/cat.jpg', CROP),
  srcset: srcSet(CDN, 'photos/cat.jpg', CROP, STEPS),
  sizes: '(max-width: 640px) 100vw, 640px',
  width: '640',
  height: '480',
  alt: 'A cat',
};

/** Built with the framework itself by `npm run consumers:client`. */
const BUILT = {
  'ts image-loader.ts': 'next/image-loader.ts',
  'ts next.config.ts': 'next/next.config.ts',
  'ts nuxt.config.ts': 'nuxt/nuxt.config.ts',
  'js astro.config.mjs': 'astro/astro.config.mjs',
  'ts page.ts': 'angular/src/page.ts',
  'js page.js': 'unpic/page.js',
} as const;

/** Run against the vectors by languages.test.ts; the use in Flutter is below. */
const LANGUAGES = [
  'dart edgecrop.dart',
  'python edgecrop.py',
  'python example.py',
  'text example.py',
  'go edgecrop.go',
];

test('no code is left untested', () => {
  const tested = [
    ...['html', 'ts urls.ts', 'text urls.ts', 'tsx cat.tsx', 'dart cat.dart'],
    ...['ts placeholder.ts', 'ts thumbhash.ts', 'ts focus-hook.ts'],
    ...Object.keys(BUILT),
    ...LANGUAGES,
  ];
  expect([...blocks.keys()].sort()).toEqual(tested.sort());
});

test.each(Object.entries(BUILT))('%s is what the framework itself builds', (info, file) => {
  expect(block(info)).toBe(readFileSync(join(__dirname, '../consumers/client/projects', file), 'utf8'));
});

test('the README of the package for npm prints what it says', () => {
  const readme = codeBlocks(readFileSync(join(__dirname, '../../client/README.md'), 'utf8'));
  consumer().write('example.ts', codeBlock(readme, 'ts example.ts'));
  expect(consumer().typeErrors(['example.ts'], { module: 'esnext', moduleResolution: 'bundler' })).toBe('');
  expect(run('example.ts')).toBe(codeBlock(readme, 'text example.ts'));
});

test('TypeScript compiles for who has the package', () => {
  const names = ['urls.ts', 'cat.tsx', 'placeholder.ts', 'image-loader.ts', 'next.config.ts'];
  for (const name of names) consumer().write(name, block(`${name.split('.').pop()} ${name}`));
  const options = { module: 'esnext', moduleResolution: 'bundler' };
  expect(consumer().typeErrors(names, options)).toBe('');
});

test('the upload hook writes the point between two faces, and keeps the other metadata', () => {
  consumer().write(
    'rekognition.js',
    `export class RekognitionClient { async send() { return { FaceDetails: [
  { BoundingBox: { Left: 0.1, Top: 0.2, Width: 0.1, Height: 0.1 } },
  { BoundingBox: { Left: 0.4, Top: 0.3, Width: 0.1, Height: 0.1 } },
] }; } }
export class DetectFacesCommand { constructor(input) { this.input = input; } }`,
  );
  consumer().write(
    's3.js',
    `export class S3Client { async send(command) {
  if (command.input.MetadataDirective) console.log(JSON.stringify(command.input));
  return { ETag: '"1"', ContentType: 'image/jpeg', Metadata: { author: 'me' } };
} }
export class HeadObjectCommand { constructor(input) { this.input = input; } }
export class CopyObjectCommand extends HeadObjectCommand {}`,
  );
  consumer().write('focus-hook.ts', block('ts focus-hook.ts'));
  consumer().write(
    'hook.ts',
    "import { storeFocus } from './focus-hook';\nvoid storeFocus('photos', 'a b.jpg');",
  );
  const stubs = { '@aws-sdk/client-rekognition': './rekognition.js', '@aws-sdk/client-s3': './s3.js' };
  expect(JSON.parse(run('hook.ts', stubs))).toEqual({
    Bucket: 'photos',
    Key: 'a b.jpg',
    CopySource: 'photos/a%20b.jpg',
    CopySourceIfMatch: '"1"',
    MetadataDirective: 'REPLACE',
    ContentType: 'image/jpeg',
    Metadata: { author: 'me', focus: '0.300,0.300' },
  });
});

test('a page draws the thumbhash of a picture', () => {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `${block('ts thumbhash.ts')}\nconsole.log(pictureOf('3OcRJYB4d3h/iIeHeEh3eIhw+j3A'));`,
      resolveDir: join(__dirname, '../..'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
  });
  const printed: string[] = [];
  new Function('console', outputFiles[0]?.text ?? '')({ log: (line: string) => printed.push(line) });
  expect(printed[0]).toMatch(/^data:image\/png;base64,iVBOR/);
});

test('TypeScript prints what the document says', () => {
  consumer().write('urls.ts', block('ts urls.ts'));
  expect(run('urls.ts')).toBe(block('text urls.ts'));
});

test('the HTML is what the client makes', () => {
  expect(elements(block('html'))).toEqual([IMG]);
});

test('React renders the same, and a source for each format', () => {
  consumer().write('cat.tsx', block('tsx cat.tsx'));
  consumer().write(
    'render.tsx',
    `import { renderToStaticMarkup } from 'react-dom/server';
import { Cat, CatPicture } from './cat';
console.log(renderToStaticMarkup(<Cat />) + '\\n' + renderToStaticMarkup(<CatPicture />));`,
  );
  const [cat = '', picture = ''] = run('render.tsx').split('\n');
  expect(elements(cat)).toEqual([IMG]);
  const of = (format: 'avif' | 'webp' | 'jpeg') => ({
    type: `image/${format}`,
    srcset: srcSet(CDN, 'photos/cat.jpg', { w: 640, h: 480, format }, STEPS),
    sizes: IMG.sizes,
  });
  expect(picture).toMatch(/^<picture>.*<\/picture>$/);
  expect(elements(picture)).toEqual([
    of('avif'),
    of('webp'),
    of('jpeg'),
    { src: `${CDN}/photos/cat.jpg?t=A&w=640&h=480`, width: '640', height: '480', alt: 'A cat' },
  ]);
});

test("Next's loader is where its configuration says, and gives the URL that the document says", () => {
  consumer().write('image-loader.ts', block('ts image-loader.ts'));
  consumer().write('next.config.ts', block('ts next.config.ts'));
  consumer().write(
    'ask.ts',
    `import config from './next.config';
import loader from './image-loader';
console.log(config.images.loaderFile, loader({ src: 'photos/cat.jpg', width: 640 }));`,
  );
  const url = nextLoader(CDN)({ src: 'photos/cat.jpg', width: 640 });
  expect(run('ask.ts')).toBe(`./image-loader.ts ${url}\n`);
  expect(text).toContain(`\`${url}\``);
});

test('the crop in Flutter and the first URL are what the client makes', () => {
  const flutter = block('dart cat.dart').replace(/\s+/g, ' ');
  const { w, h, format } = { w: 320, h: 240, format: 'webp' } as const;
  expect(flutter).toContain(`'photos/cat.jpg', w: ${w}, h: ${h}, format: '${format}', dpr:`);
  expect(text).toContain(`\n    ${imageUrl(CDN, 'photos/cat.jpg', { w, h, format: 'auto' })}\n`);
});

/** Bundles a file as a page's build does, and runs it. */
function run(name: string, alias: Readonly<Record<string, string>> = {}): string {
  buildSync({
    absWorkingDir: consumer().directory,
    alias: { ...alias },
    entryPoints: [join(consumer().directory, name)],
    outfile: join(consumer().directory, `${name}.cjs`),
    bundle: true,
    platform: 'node',
    jsx: 'automatic',
    tsconfigRaw: {},
    logLevel: 'error',
  });
  return consumer().run(`${name}.cjs`);
}
