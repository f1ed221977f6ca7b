import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { readAppOptions } from '../../lib/configuration/stack-options';
import { EdgecropStack } from '../../lib/stack/edgecrop-stack';
import { createApp } from './app';

/** The stack as bin/cdk-app.ts makes it of a configuration, but for the bundling, which test/lambda/origin-response/bundle.test.ts does for real. */
export function stackOf(configuration?: unknown): EdgecropStack {
  const { options, ...properties } = readAppOptions(configuration);
  return new EdgecropStack(createApp(), properties.stackName, {
    env: { region: 'us-east-1' },
    ...properties,
    options,
  });
}

export function templateOf(configuration?: unknown): Template {
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

/** A template without what changes with every change of the code. */
export function withoutHashes(template: Template): unknown {
  const json = JSON.stringify(template.toJSON(), null, 2)
    .replace(/[0-9a-f]{64}/g, '<asset hash>')
    .replace(/("FunctionCode": ")[^\n]*/g, '$1<code>",')
    .replace(/(ViewerRequest|rRequest)[0-9a-f]{8}[0-9A-F]{8}/g, '$1<v>')
    .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<version hash>');
  return JSON.parse(json);
}
