import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json';
import { EdgecropStack } from '../../lib/edgecrop-stack';
import type { StackConfiguration } from '../../lib/stack-configuration';

/** The stack of a configuration, but for the bundling, which test/bundle.test.ts does for real. */
export function stackOf(configuration: unknown): EdgecropStack {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
  return new EdgecropStack(app, 'Edgecrop', {
    env: { region: 'us-east-1' },
    configuration: configuration as StackConfiguration,
  });
}

export function templateOf(configuration: unknown): Template {
  return Template.fromStack(stackOf(configuration));
}

/** The properties of every resource of a type, in their order. */
export function propertiesOf(template: Template, type: string): readonly Record<string, unknown>[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties);
}

/** What is said on the console at synth. */
export function saidOf(stack: EdgecropStack): readonly string[] {
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => String(entry.data));
}
