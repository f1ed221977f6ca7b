import type { StackOptions } from '../../../lib/configuration/options';

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
} as const satisfies StackOptions;

/** The same without Origin Shield: logs in every region, and CloudFront's own alarms alone. */
export const FULLEST_UNSHIELDED = { ...FULLEST, originShield: false } as const satisfies StackOptions;
