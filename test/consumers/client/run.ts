import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from './checks';
import { Project } from './project';

/** Packs the client, installs it into fresh projects, and builds a page with each. Names choose some of them. */
async function run(names: readonly string[]): Promise<void> {
  if (process.env.EDGECROP_NODE24 === undefined && Number.parseInt(process.versions.node, 10) < 24) {
    throw new Error(
      `got Node ${process.versions.node}; Nuxt, Astro and Angular want 24: run this by it, or set EDGECROP_NODE24`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'edgecrop-consumers-'));
  const failures: string[] = [];
  try {
    const tarball = pack(folder);
    for (const [name, check] of Object.entries(CHECKS)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const start = performance.now();
      try {
        const project = new Project(folder, name);
        project.install(tarball);
        const shown = await check(project);
        console.log(`ok    ${name}: ${shown} (${seconds(start)})`);
      } catch (error) {
        failures.push(name);
        console.log(
          `FAIL  ${name} (${seconds(start)}): ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  if (failures.length > 0) process.exitCode = 1;
}

/** The package as npm would publish it. */
function pack(folder: string): string {
  const client = join(__dirname, '../../../client');
  const output = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
    cwd: client,
    encoding: 'utf8',
    // A report of the public face that is not current fails here too.
    env: { ...process.env, CI: 'true' },
  });
  const [packed] = JSON.parse(output.slice(output.indexOf('['))) as [
    { filename: string; size: number; unpackedSize: number; entryCount: number },
  ];
  const { filename, size, unpackedSize, entryCount } = packed;
  console.log(`packed ${filename}: ${size} bytes, ${unpackedSize} unpacked, ${entryCount} files`);
  return join(folder, filename);
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(0)} s`;
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
