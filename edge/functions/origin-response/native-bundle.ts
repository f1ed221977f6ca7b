import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { familySync } from 'detect-libc';

/** What native code must be made for. */
export interface Host {
  readonly platform: string;
  readonly arch: string;
  /** `glibc` or `musl`; null where the platform has neither. */
  readonly libc: string | null;
}

/** Where Lambda@Edge runs: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
const LAMBDA_HOST: Host = { platform: 'linux', arch: 'x64', libc: 'glibc' };

/**
 * The folder to run a bundle from. On a machine like Lambda's it is the asset itself. Elsewhere the asset's
 * native modules cannot be loaded, so its code alone is copied to where it finds those of this project.
 *
 * @param assetFolder the asset, as `cdk synth` wrote it
 * @param host this machine
 * @param projectFolder where the `node_modules` are that were installed for this machine
 */
export async function prepareHostBundle(
  assetFolder: string,
  host: Host,
  projectFolder: string,
): Promise<string> {
  if (Object.entries(LAMBDA_HOST).every(([name, value]) => host[name as keyof Host] === value))
    return assetFolder;
  const folder = join(
    projectFolder,
    'node_modules',
    '.cache',
    'edgecrop',
    basename(assetFolder).replace(/^asset\./, ''),
  );
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(assetFolder)) {
    if (name !== 'node_modules') await cp(join(assetFolder, name), join(folder, name), { recursive: true });
  }
  return folder;
}

/** The machine that this runs on. */
export function thisHost(): Host {
  return { platform: process.platform, arch: process.arch, libc: familySync() };
}
