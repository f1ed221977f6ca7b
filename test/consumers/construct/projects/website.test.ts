import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Website } from '../website';

test('a unit test of a stack with cropping', () => {
  const stack = new Website(new App(), 'Website', { env: { region: 'us-east-1' } });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
});
