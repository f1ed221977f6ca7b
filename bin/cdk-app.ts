import { existsSync, readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { buildStaleFunctions } from '../build/functions';
import { readContext } from '../lib/configuration/context';
import { readAppOptions } from '../lib/configuration/stack-options';
import { EdgecropStack } from '../lib/stack/edgecrop-stack';

// The CDK's own validation takes three times as long as everything else here; the tests run it on every resource
// that this stack can have.
const app = new App({ builtinCloudFormationValidation: false });
try {
  const file: unknown = existsSync('cdk.json') ? JSON.parse(readFileSync('cdk.json', 'utf8')) : {};
  const context = readContext(app.node.getAllContext(), file);
  const { options, ...properties } = readAppOptions(context);
  buildStaleFunctions();
  new EdgecropStack(app, properties.stackName, {
    description: 'edgecrop: crop images at the CloudFront edge',
    env: { region: 'us-east-1' },
    ...properties,
    options,
  });
} catch (error) {
  // A mistake in cdk.json is answered with its own line, not with a stack trace through the CDK.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
