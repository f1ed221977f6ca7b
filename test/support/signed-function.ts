import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CroppingOptions, readCroppingOptions } from '../../lib/configuration/cropping-options';
import { bundleViewerRequest } from '../../lib/cropping/viewer-request-function';

/** The viewer-request function that checks signatures, as it is deployed. */
export function bundleSigned(configuration: CroppingOptions = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'edgecrop-signed-'));
  try {
    const file = join(folder, 'settings.json');
    writeFileSync(
      file,
      JSON.stringify({ ...readCroppingOptions({ signing: true, ...configuration }), v: '0123abcd' }),
    );
    return bundleViewerRequest(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
