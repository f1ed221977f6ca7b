import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStaleFunctions, drawingHash } from '../../build/functions';
import { builtFunctions } from '../../lib/cropping/built-functions';

const PROJECT = join(__dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'edgecrop-clone-'));
const copied = join(directory, 'lambda/origin-response/version-inputs.ts');

beforeAll(() => symlinkSync(join(PROJECT, 'node_modules'), join(directory, 'node_modules')));
beforeEach(() => cpSync(join(PROJECT, 'lambda'), join(directory, 'lambda'), { recursive: true }));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Changes one file of the copy, in which the text has to occur. */
function edit(file: string, from: string, to: string): void {
  const path = join(directory, 'lambda', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe('the hash of the code that draws', () => {
  test('is the same in every folder, and that of the last build', () => {
    expect(drawingHash(copied)).toBe(drawingHash());
    expect(builtFunctions().drawing).toBe(drawingHash());
  });

  test('changes with the geometry', () => {
    edit('origin-response/plan/geometry/geometry.ts', 'Math.floor(at * long', 'Math.ceil(at * long');
    expect(drawingHash(copied)).not.toBe(drawingHash());
  });

  test.each([
    ['a comment', 'origin-response/plan/plan.ts', '/**', '/** And. '],
    [
      'a type',
      'origin-response/plan/render-plan.ts',
      'readonly frames: number',
      'readonly frames: number | undefined',
    ],
    ['a log line', 'origin-response/log.ts', 'fallbacks: 1,', 'fallbacks: 1, more: 1,'],
    ['the S3 client', 'origin-response/source/fetch.ts', 'maxAttempts: 1', 'maxAttempts: 2'],
  ])('does not change with %s', (_name, file, from, to) => {
    edit(file, from, to);
    expect(drawingHash(copied)).toBe(drawingHash());
  });
});

describe('a build', () => {
  const places = { output: join(directory, 'functions'), inputs: join(directory, 'inputs.json') };
  const builtAt = () => statSync(join(places.output, 'manifest.json')).mtimeMs;

  test('is made again only where a source is another than it was', () => {
    buildStaleFunctions(places);
    const first = builtAt();
    buildStaleFunctions(places);
    expect(builtAt()).toBe(first);
    const noted = readFileSync(places.inputs, 'utf8');
    const { files } = JSON.parse(noted) as { files: readonly string[] };
    expect(files).toEqual(
      expect.arrayContaining([
        'build/functions.ts',
        'lambda/contract/parse.ts',
        'lambda/invalidate/handler.ts',
        'lambda/origin-response/handler.ts',
        'package-lock.json',
      ]),
    );
    writeFileSync(places.inputs, noted.replace(/"hash":"."/, '"hash":"-"').replace(/"hash":"./, '"hash":"-'));
    buildStaleFunctions(places);
    expect(builtAt()).not.toBe(first);
    expect(readFileSync(places.inputs, 'utf8')).toBe(noted);
  });

  test("has sharp for Lambda's platform under a name that npm packs, and nothing else to install", () => {
    expect(readdirSync(places.output).sort()).toEqual([
      'invalidate',
      'log-groups',
      'manifest.json',
      'origin-response',
      'viewer-request',
    ]);
    expect(readdirSync(join(places.output, 'origin-response')).sort()).toEqual([
      'index.mjs',
      'libheif',
      'modules',
    ]);
    const all = readdirSync(places.output, { recursive: true, encoding: 'utf8' });
    expect(all.filter((path) => /node_modules|package-lock/.test(path))).toEqual([]);
    expect(all).toContain(join('origin-response', 'modules', '@img', 'sharp-linux-x64', 'package.json'));
  });

  test('is the same wherever it is made', () => {
    const { folder, ...built } = builtFunctions();
    expect(JSON.parse(readFileSync(join(places.output, 'manifest.json'), 'utf8'))).toEqual(built);
  });
});
