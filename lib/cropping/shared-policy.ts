import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Creates a CloudFront policy once per stack, however many croppings need one with the same properties: an
 * account has room for 20 of each kind.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies
 *
 * @param nameProperty what the properties call the policy's name
 * @param props without tokens: the policy's id is a hash of them
 */
export function sharedPolicy<T extends Construct, P extends object>(
  Policy: new (scope: Construct, id: string, props: P) => T,
  nameProperty: string,
  scope: Construct,
  props: P,
): T {
  const stack = Stack.of(scope);
  const id = `Edgecrop${Policy.name}${hash(JSON.stringify(props))}`;
  const known = stack.node.tryFindChild(id);
  if (known instanceof Policy) return known;
  return new Policy(stack, id, { ...props, [nameProperty]: policyName(stack.stackName, id) });
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html */
const LONGEST_NAME = 128;

/** The CDK's own name is cut at its end, where the hash is, by which two policies with other properties differ. */
function policyName(stackName: string, id: string): string {
  const name = `${stackName}-${id}`;
  if (name.length <= LONGEST_NAME) return name;
  const ending = `-${hash(stackName)}-${id}`;
  return `${stackName.slice(0, LONGEST_NAME - ending.length)}${ending}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
