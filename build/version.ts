import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import applyReleasePlan from '@changesets/apply-release-plan';
import assembleReleasePlan from '@changesets/assemble-release-plan';
import { read as readConfig } from '@changesets/config';
import readChangesets from '@changesets/read';

/** The folders of the packages. */
const PACKAGES = ['.', 'client'];

type Packages = Parameters<typeof assembleReleasePlan>[1];

/** Both packages, as `@changesets/cli` would find them: it knows no package in the root of a workspace. */
function packagesOf(project: string): Packages {
  const [root, ...others] = PACKAGES.map((folder) => {
    const dir = join(project, folder);
    return { dir, packageJson: JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) };
  });
  return { tool: 'yarn', root, packages: [root, ...others] } as Packages;
}

/** What the files in `.changeset` ask for: each package that changes, with its old and its new version. */
export async function planRelease(project: string): Promise<ReturnType<typeof assembleReleasePlan>> {
  const packages = packagesOf(project);
  const config = await readConfig(project, packages);
  return assembleReleasePlan(await readChangesets(project), packages, config, undefined);
}

/**
 * Writes the next version into the packages and their changelogs, and removes the files that asked for it.
 *
 * @param today as 2026-11-26
 * @returns the version, or undefined where nothing has changed
 */
export async function releaseVersion(project: string, today: string): Promise<string | undefined> {
  const packages = packagesOf(project);
  const plan = await planRelease(project);
  const version = plan.releases[0]?.newVersion;
  if (version === undefined) return undefined;
  await applyReleasePlan(plan, packages, await readConfig(project, packages));
  for (const folder of PACKAGES) {
    const changelog = join(project, folder, 'CHANGELOG.md');
    const text = readFileSync(changelog, 'utf8');
    writeFileSync(changelog, text.replace(`\n## ${version}\n`, `\n## ${version} (${today})\n\n`));
  }
  return version;
}

if (require.main === module) {
  void releaseVersion(join(__dirname, '..'), new Date().toISOString().slice(0, 10)).then((version) => {
    process.stdout.write(version === undefined ? 'nothing to release\n' : `${version}\n`);
  });
}
