import { existsSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { familySync } from 'detect-libc';

/** What native modules are built for. */
export interface Platform {
  readonly platform: string;
  readonly arch: string;
  /** `glibc` or `musl` on Linux, otherwise null. */
  readonly libc: string | null;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
const LAMBDA_PLATFORM: Platform = { platform: 'linux', arch: 'x64', libc: 'glibc' };

/** The folder of sharp's binary for a platform, in `node_modules`. */
export function nativePackage({ platform, arch, libc }: Platform = currentPlatform()): string {
  return `@img/sharp-${platform}${libc === 'musl' ? 'musl' : ''}-${arch}`;
}

/**
 * Returns the folder to run a bundle from: the asset itself on Lambda's platform, and where its native modules are
 * those of this one. Elsewhere they cannot be loaded, so its code alone is copied to where it finds those of this project.
 *
 * @param assetFolder the asset, as written by `cdk synth`
 * @param projectFolder holds the `node_modules` that were installed for this platform
 */
export async function prepareNativeBundle(
  assetFolder: string,
  current: Platform,
  projectFolder: string,
): Promise<string> {
  const { platform, arch, libc } = LAMBDA_PLATFORM;
  if (current.platform === platform && current.arch === arch && current.libc === libc) return assetFolder;
  if (existsSync(join(assetFolder, 'node_modules', nativePackage(current)))) return assetFolder;
  const name = basename(assetFolder).replace(/^asset\./, '');
  const folder = join(projectFolder, 'node_modules', '.cache', 'edgecrop', name);
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(assetFolder)) {
    if (entry !== 'node_modules') {
      await cp(join(assetFolder, entry), join(folder, entry), { recursive: true });
    }
  }
  return folder;
}

/** The platform of this process. */
export function currentPlatform(): Platform {
  return { platform: process.platform, arch: process.arch, libc: familySync() };
}
