import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../../../cdk.json';
import { EdgecropStack } from '../../../lib';
import type { StackOptions } from '../../../lib/configuration/options';
import { FULLEST, FULLEST_UNSHIELDED } from '../operations/operated';

const outdir = mkdtempSync(join(tmpdir(), 'edgecrop-validated-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

// bin/cdk-app.ts leaves it out, as it takes long.
test("the CDK's own validation finds nothing in the smallest and the fullest stacks", () => {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] }, outdir });
  const stacks: Readonly<Record<string, StackOptions>> = {
    Smallest: {},
    Fullest: FULLEST,
    Unshielded: FULLEST_UNSHIELDED,
  };
  for (const [id, options] of Object.entries(stacks)) {
    new EdgecropStack(app, id, { env: { region: 'us-east-1' }, options });
  }
  app.synth();
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: readonly { summary?: { status?: string }; violations?: readonly object[] }[];
  };
  expect(pluginReports.flatMap(({ violations = [] }) => violations)).toEqual([]);
}, 120_000);
