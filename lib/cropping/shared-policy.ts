import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Creates a CloudFront policy once per stack, however many croppings need one with the same properties: an
 * account has room for 20 of each kind.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies
 *
 * @param props without tokens: the policy's id is a hash of them
 */
export function sharedPolicy<T extends Construct, P extends object>(
  Policy: new (scope: Construct, id: string, props: P) => T,
  scope: Construct,
  props: P,
): T {
  const stack = Stack.of(scope);
  const hash = createHash('sha256').update(JSON.stringify(props)).digest('hex').slice(0, 8);
  const id = `Edgecrop${Policy.name}${hash}`;
  const known = stack.node.tryFindChild(id);
  return known instanceof Policy ? known : new Policy(stack, id, props);
}
