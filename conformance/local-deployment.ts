import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevEdge } from '../edge/dev-edge';
import type { SigningKeys } from '../signing/signing-keys';
import { type Bucket, createFolder, metadataOf } from './objects/store';

/** A deployment on this machine, over a bucket that is a temporary folder. */
export interface LocalDeployment {
  readonly url: URL;
  readonly bucket: Bucket;
  /** What signs its URLs; undefined where they need no signature. */
  readonly signingKey: string | undefined;
  close(): Promise<void>;
}

/**
 * Serves a synthesised cloud assembly on a free port of this machine.
 *
 * @param assembly the folder that `cdk synth` wrote
 * @param signingKeys for an assembly with signed URLs; absent: a key that ends with the deployment
 * @throws UserError where the assembly cannot be served
 */
export async function startLocalDeployment(
  assembly: string,
  signingKeys?: SigningKeys,
): Promise<LocalDeployment> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-conformance-'));
  const files = createFolder(folder);
  const metadata = new Map<string, Readonly<Record<string, string>>>();
  // The edge refuses an empty folder, and the objects are drawn and put only once it runs.
  await writeFile(join(folder, 'empty.txt'), '');
  try {
    const edge = await startDevEdge({
      assembly,
      images: folder,
      ...(signingKeys && { signingKeys }),
      objectMetadata: (key) => metadata.get(key) ?? {},
    });
    return {
      url: new URL(edge.url),
      signingKey: edge.signingKeys?.current,
      bucket: {
        put: async (key, object) => {
          await files.put(key, object);
          metadata.set(key, metadataOf(object));
        },
      },
      close: async () => {
        await edge.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
