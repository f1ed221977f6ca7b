import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCroppingOptions } from '../../../lib/configuration/cropping-options';
import { pixelVersion } from '../../../lib/cropping/pixel-version';

const PROJECT = join(__dirname, '../../..');
const DEFAULTS = readCroppingOptions({});
const directory = mkdtempSync(join(tmpdir(), 'edgecrop-clone-'));
const copied = join(directory, 'lambda/origin-response/render/version-inputs.ts');

beforeEach(() => cpSync(join(PROJECT, 'lambda'), join(directory, 'lambda'), { recursive: true }));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Changes one file of the copy, where the text has to occur. */
function edit(file: string, from: string, to: string): void {
  const path = join(directory, 'lambda', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

test('is eight hex digits, the same in every folder', () => {
  expect(pixelVersion(DEFAULTS)).toMatch(/^[0-9a-f]{8}$/);
  expect(pixelVersion(DEFAULTS, copied)).toBe(pixelVersion(DEFAULTS));
});

test.each([
  ['the default quality', { quality: 81 }],
  ['a type', { types: { thumb: { w: 100 } } }],
  ['how bytes are counted', { bodyLength: 'decoded' }],
] as const)('changes with %s', (_name, configuration) => {
  expect(pixelVersion(readCroppingOptions(configuration))).not.toBe(pixelVersion(DEFAULTS));
});

test('changes with the geometry', () => {
  edit('origin-response/plan/geometry.ts', 'Math.floor(at * long', 'Math.ceil(at * long');
  expect(pixelVersion(DEFAULTS, copied)).not.toBe(pixelVersion(DEFAULTS));
});

test.each([
  ['a comment', 'origin-response/plan/render-plan.ts', 'before a pixel moves', 'before any pixel moves'],
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
  expect(pixelVersion(DEFAULTS, copied)).toBe(pixelVersion(DEFAULTS));
});

test('does not change with what leaves the pixels alone', () => {
  const configured = readCroppingOptions({ ttl: 5, auto: [], snap: { w: [100] } });
  expect(pixelVersion(configured)).toBe(pixelVersion(DEFAULTS));
});
