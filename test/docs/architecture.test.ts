import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documents, inlineCode } from './markdown';

const PROJECT = join(__dirname, '../..');

/** Folders whose files are programs; tests, benches and samples are not part of the house. */
const ROOTS = [
  'bin',
  'build',
  'lib',
  'lambda',
  'edge',
  'errors',
  'signing',
  'client',
  'playground',
  'conformance',
  'cost',
  'doctor',
];

/** Every file that is imported by name, and the files that it imports. */
const imports = readImports();

/** What a folder may reach through imports, at any remove, as docs/architecture.md says. */
const MAY_REACH: Readonly<Record<string, RegExp>> = {
  errors: /^errors\//,
  'lambda/contract': /^lambda\/contract\//,
  'lambda/viewer-request': /^lambda\/(?:contract|viewer-request)\//,
  'lambda/origin-response': /^lambda\/(?:contract|origin-response)\//,
  'lambda/invalidate': /^lambda\/(?:contract|invalidate)\//,
  'lambda/log-groups': /^lambda\/log-groups\//,
  // Dashboards and alarms name the reasons that the function logs.
  lib: /^(?:lib|lambda\/contract)\/|^lambda\/origin-response\/failure\/reason\.ts$/,
  // What runs in the edge is what deploys: it never sees the source of the functions.
  edge: /^(?:edge|errors)\/|^signing\/(?:signing-keys|key-format)\.ts$/,
  'edge/cache': /^(?:edge|errors)\//,
  signing: /^(?:signing|errors|lambda\/contract)\//,
  client: /^(?:client|lambda\/contract)\/|^signing\/(?:sign|signable-url|key-format)\.ts$/,
  playground: /^(?:playground|client|lambda\/contract)\//,
  cost: /^cost\//,
  doctor: /^(?:doctor|errors)\//,
};

test.each(Object.entries(MAY_REACH))('%s reaches nothing but what it may', (folder, allowed) => {
  const files = [...imports.keys()].filter((file) => file.startsWith(`${folder}/`));
  expect(files.length).toBeGreaterThan(0);
  const reached = files.flatMap((file) => [...reach(file)].map((other) => `${file} → ${other}`));
  expect(reached.filter((pair) => !allowed.test(pair.split(' → ')[1] ?? ''))).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const circles = [...imports.keys()].filter((file) => reach(file).has(file));
  expect(circles).toEqual([]);
});

test('no folder imports itself by way of others', () => {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    const from = dirname(file);
    const known = folders.get(from) ?? new Set();
    folders.set(from, known);
    for (const target of targets) if (dirname(target) !== from) known.add(dirname(target));
  }
  const circles = [...folders.keys()].filter((folder) => closure(folder, folders).has(folder));
  expect(circles).toEqual([]);
});

test('a folder can be taken in at a glance', () => {
  const crowded = codeFolders()
    .map((folder) => [folder, codeFiles(folder).length] as const)
    .filter(([, count]) => count > 14);
  expect(crowded).toEqual([]);
  expect(readdirSync(join(PROJECT, 'edge')).length).toBeLessThanOrEqual(12);
});

test('docs/architecture.md has a line for every folder of code', () => {
  const text = readFileSync(join(PROJECT, 'docs/architecture.md'), 'utf8');
  const missing = codeFolders().filter((folder) => !text.includes(`| \`${folder}\` |`));
  expect(missing).toEqual([]);
});

test('test/ mirrors the tree', () => {
  const strange = testFolders()
    .map((folder) => folder.replace(/^test\//, ''))
    // Projects of somebody else's, each with a tree of its own.
    .filter((folder) => !folder.startsWith('consumers/'))
    .filter(
      (folder) => !existsSync(join(PROJECT, folder)) && !['fuzz', 'originals', 'support'].includes(folder),
    );
  expect(strange).toEqual([]);
});

test('every file that the documents name is there', () => {
  const missing = documents().flatMap((document) =>
    inlineCode(document)
      .filter((code) => /^(?:[\w-]+\/)+[\w.-]+\.(?:ts|cjs|mjs|md|svg|yaml)$/.test(code))
      .filter(
        (path) =>
          ![PROJECT, join(PROJECT, dirname(document.file))].some((from) => existsSync(join(from, path))),
      )
      .map((path) => `${path} in ${document.file}`),
  );
  expect(missing).toEqual([]);
});

function readImports(): ReadonlyMap<string, readonly string[]> {
  const files = codeFolders().flatMap((folder) => codeFiles(folder).map((name) => join(folder, name)));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(PROJECT, file), 'utf8');
      const targets = [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*'(\.[^']*)'/g)].map(
        ([, specifier = '']) => resolveFile(join(dirname(file), specifier)),
      );
      return [file, targets.filter((target) => files.includes(target))];
    }),
  );
}

/** The file that a specifier means, as esbuild and tsx find it. */
function resolveFile(path: string): string {
  const candidates = [path, `${path}.ts`, `${path}.d.ts`, join(path, 'index.ts')];
  const found = candidates.find(
    (candidate) => /\.[cm]?[jt]s$/.test(candidate) && existsSync(join(PROJECT, candidate)),
  );
  return found ?? path;
}

function reach(file: string): ReadonlySet<string> {
  return closure(file, imports);
}

/** Everything that can be reached from a node in one step or more. */
function closure(start: string, graph: ReadonlyMap<string, Iterable<string>>): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const target of graph.get(next) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      waiting.push(target);
    }
  }
  return seen;
}

function codeFolders(): readonly string[] {
  return ROOTS.flatMap(foldersIn).filter((folder) => codeFiles(folder).length > 0);
}

function testFolders(): readonly string[] {
  return foldersIn('test').filter((folder) =>
    readdirSync(join(PROJECT, folder)).some((name) => name.endsWith('.test.ts')),
  );
}

function foldersIn(folder: string): readonly string[] {
  const inner = readdirSync(join(PROJECT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['node_modules', 'dist'].includes(entry.name))
    .map((entry) => join(folder, entry.name));
  return [folder, ...inner.flatMap(foldersIn)];
}

function codeFiles(folder: string): readonly string[] {
  return readdirSync(join(PROJECT, folder)).filter((name) => /\.[cm]?[jt]s$/.test(name));
}
