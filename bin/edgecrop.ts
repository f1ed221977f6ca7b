import { App } from 'aws-cdk-lib';
import { readConfiguration } from '../lib/configuration';
import { EdgecropStack } from '../lib/edgecrop-stack';

const app = new App();
try {
  const configuration = readConfiguration(app.node.tryGetContext('edgecrop'));
  new EdgecropStack(app, 'Edgecrop', {
    description: 'edgecrop: crop images at the CloudFront edge',
    env: { region: 'us-east-1' },
    configuration,
  });
} catch (error) {
  // A mistake in cdk.json deserves its own line, not a stack trace through the CDK.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
