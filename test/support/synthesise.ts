import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '../../edge/local/synthesise';

/** Synthesises the stack once for a whole run; tests find the assembly in `EDGECROP_TEST_ASSEMBLY`. */
export default async function setUp(): Promise<void> {
  const output = await mkdtemp(join(tmpdir(), 'edgecrop-assembly-'));
  await synthesise({ output });
  process.env.EDGECROP_TEST_ASSEMBLY = output;
  // On Node 20 the SDK prints a reminder above every test file.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}
