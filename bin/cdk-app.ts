import { App } from 'aws-cdk-lib';
import { EdgecropStack } from '../lib/stack/edgecrop-stack';

const app = new App();
try {
  new EdgecropStack(app, 'Edgecrop', {
    description: 'edgecrop: crop images at the CloudFront edge',
    env: { region: 'us-east-1' },
    configuration: app.node.tryGetContext('edgecrop'),
  });
} catch (error) {
  // A mistake in cdk.json deserves its own line, not a stack trace through the CDK.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
