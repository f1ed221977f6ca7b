import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Lambda@Edge functions are created in us-east-1 and nowhere else.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 *
 * @throws Error where the stack is, or may end up, in another region
 */
export function requireUsEast1(scope: Construct): void {
  const { region, stackName } = Stack.of(scope);
  if (region === 'us-east-1') return;
  const came = Token.isUnresolved(region) ? 'no region' : `region ${region}`;
  throw new Error(
    `stack ${stackName}: got ${came}, allowed: us-east-1, where Lambda@Edge functions live; ` +
      `pass env: { region: 'us-east-1' }`,
  );
}
