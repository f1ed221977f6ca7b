import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json';
import { EdgecropStack } from '../../lib/edgecrop-stack';
import type { StackConfiguration } from '../../lib/stack-configuration';

/** Everything on that can be on together; where there is a choice, what creates the most. */
export const FULLEST = {
  originShield: 'us-east-1',
  webAclArn:
    'arn:aws:wafv2:us-east-1:123456789012:global/webacl/pictures/11111111-2222-3333-4444-555555555555',
  logRetention: { days: 90, everyRegion: true },
  accessLogs: true,
  dashboard: true,
  alarms: { email: 'ops@example.com' },
  autoInvalidate: true,
  domain: {
    names: ['img.example.com', 'pictures.example.com'],
    hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' },
  },
  originPath: '/media',
  origins: {
    '/avatars/*': {
      bucket: {
        name: 'avatars-of-example',
        region: 'eu-central-1',
        kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555',
      },
      types: { face: { w: 96, h: 96, position: 'attention', locked: true } },
    },
    '/logos/*': { originPath: '/brand' },
  },
  types: { thumb: { w: 200, h: 200, format: 'auto', locked: ['w', 'h'] } },
  originals: 'deny',
  signing: true,
  memorySize: 3008,
} as const satisfies StackConfiguration;

/** The same without Origin Shield: logs in every region, and CloudFront's own alarms alone. */
export const FULLEST_UNSHIELDED = { ...FULLEST, originShield: false } as const satisfies StackConfiguration;

/** A stack as `cdk.json` makes it, but for the bundling, which test/bundle.test.ts does for real. */
export function createStack(configuration?: StackConfiguration): EdgecropStack {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
  return new EdgecropStack(app, 'Edgecrop', { env: { region: 'us-east-1' }, configuration });
}

export function templateOf(configuration?: StackConfiguration): Template {
  return Template.fromStack(createStack(configuration));
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
