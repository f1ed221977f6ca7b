import { rm } from 'node:fs/promises';

/** Removes what `set-up.ts` made. */
export default async function tearDown(): Promise<void> {
  const folder = process.env.EDGECROP_TEST_RUN;
  if (folder) await rm(folder, { recursive: true, force: true });
}
