import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json';

// An app without a folder of its own makes one that nobody removes.
const folder = mkdtempSync(join(tmpdir(), 'edgecrop-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * An app as `cdk.json` makes it, but for the bundling, which test/lambda/origin-response/bundle.test.ts does for real,
 * and the CDK's validation, whose rules take seconds to load in each test file: validation.test.ts runs it.
 */
export function createApp(): App {
  return new App({
    builtinCloudFormationValidation: false,
    context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] },
    outdir: mkdtempSync(join(folder, 'cdk.out-')),
  });
}
