import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesiseApp } from './cdk-app';
import { compileCommandLine } from './command-line';

/** Makes once what a whole run shares: the stack's assembly, in `EDGECROP_TEST_ASSEMBLY`, and the command line. */
export default async function setUp(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-run-'));
  process.env.EDGECROP_TEST_RUN = folder;
  // On Node 20 the SDK prints a reminder above every test file.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const output = join(folder, 'assembly');
  // It also builds the functions that are stale.
  await synthesiseApp({ output });
  process.env.EDGECROP_TEST_ASSEMBLY = output;
  compileCommandLine(join(folder, 'edgecrop'));
}
