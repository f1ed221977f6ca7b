import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawingHash } from '../../build/functions';
import { builtFunctions } from '../../lib/cropping/built-functions';

const PROJECT = join(__dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'edgecrop-clone-'));
const copied = join(directory, 'lambda/origin-response/render/version-inputs.ts');

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
    edit('origin-response/plan/geometry.ts', 'Math.floor(at * long', 'Math.ceil(at * long');
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
