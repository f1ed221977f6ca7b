import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CachePolicy } from 'aws-cdk-lib/aws-cloudfront';
import { sharedPolicy } from '../../../lib/cropping/shared-policy';
import { createApp } from '../app';

/** The names of the policies of one stack, for two policies with these comments. */
function namesIn(stackName: string, comments: readonly string[]): readonly string[] {
  const stack = new Stack(createApp(), stackName, { stackName });
  for (const comment of comments) sharedPolicy(CachePolicy, 'cachePolicyName', stack, { comment });
  const policies = Template.fromStack(stack).findResources('AWS::CloudFront::CachePolicy');
  return Object.values(policies).map(({ Properties }) => Properties.CachePolicyConfig.Name);
}

test('equal properties are one policy, other ones another', () => {
  expect(namesIn('Edgecrop', ['a', 'a', 'b'])).toHaveLength(2);
});

test.each([8, 91, 110, 128])('names of a stack of %i letters differ and fit', (length) => {
  const names = namesIn('S'.repeat(length), ['a', 'b']);
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(128);
});

test('two long stack names that begin alike have policies of their own', () => {
  const [one, other] = ['a', 'b'].flatMap((end) => namesIn(`${'S'.repeat(127)}${end}`, ['same']));
  expect(one).not.toBe(other);
});
