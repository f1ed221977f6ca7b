import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const steps: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of steps.splice(0).reverse()) await step();
});

/** Does something when the test that is running has ended, last thing first. */
export function afterThisTest(step: () => unknown): void {
  steps.push(step);
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-test-'));
  afterThisTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
