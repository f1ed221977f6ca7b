import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

/** npm never packs a folder called `node_modules`, so the package carries the function's under this name. */
export const PACKED_MODULES = 'modules';

/** The decoder of HEIC in a built function. */
export const LIBHEIF = 'libheif';

/** The settings, next to the code that reads them. */
export const SETTINGS_FILE = 'settings.json';

/**
 * Code of a built function with its settings. Nothing is compiled or downloaded: the CDK's bundling step only
 * copies, into the cloud assembly, and not at all when the CDK skips bundling.
 *
 * @param folder the built function
 * @param contents the hash of what is in it
 * @param without what is left out of it; the settings have to say so, for the sake of the hash
 */
export function stagedCode(
  folder: string,
  contents: string,
  settings?: object,
  without: readonly string[] = [],
): Code {
  const json = settings && JSON.stringify(settings);
  return Code.fromAsset(folder, {
    assetHashType: AssetHashType.CUSTOM,
    assetHash: createHash('sha256')
      .update(contents)
      .update(json ?? '')
      .digest('hex'),
    bundling: {
      // Required by the type; the local step below always succeeds, so no container runs.
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle(output: string): boolean {
          for (const name of readdirSync(folder).filter((one) => !without.includes(one)))
            cpSync(join(folder, name), join(output, name), { recursive: true });
          const packed = join(output, PACKED_MODULES);
          if (existsSync(packed)) renameSync(packed, join(output, 'node_modules'));
          if (json !== undefined) writeFileSync(join(output, SETTINGS_FILE), json);
          return true;
        },
      },
    },
  });
}
