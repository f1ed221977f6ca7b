import { rm } from 'node:fs/promises';

/** Removes what `synthesise.ts` made. */
export default async function tearDown(): Promise<void> {
  const output = process.env.EDGECROP_TEST_ASSEMBLY;
  if (output) await rm(output, { recursive: true, force: true });
}
