/**
 * Where CloudFront offers Origin Shield:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html#choose-origin-shield-region
 */
export const SHIELD_REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'me-central-1',
  'sa-east-1',
] as const;

export type ShieldRegion = (typeof SHIELD_REGIONS)[number];

/** The one that AWS recommends for a bucket in another region, from the table on the same page. */
const NEAREST: Readonly<Record<string, ShieldRegion>> = {
  'af-south-1': 'eu-west-1',
  'ap-east-1': 'ap-southeast-1',
  'ca-central-1': 'us-east-1',
  'eu-north-1': 'eu-west-2',
  'eu-south-1': 'eu-central-1',
  'eu-west-3': 'eu-west-2',
  'me-south-1': 'ap-south-1',
  'us-west-1': 'us-west-2',
};

/**
 * The regions of CloudFront's regional edge caches, in which an origin-response function runs without Origin
 * Shield: those that offer Origin Shield, and N. California. Without me-central-1: most accounts have not opted
 * in to it, and a single call there would fail the deploy.
 * https://aws.amazon.com/cloudfront/features/#Global_Edge_Network
 */
export const EDGE_REGIONS: readonly string[] = [
  ...SHIELD_REGIONS.filter((region) => region !== 'me-central-1'),
  'us-west-1',
];

/** The region that AWS recommends for Origin Shield in front of a bucket, or undefined if it names none. */
export function nearestShieldRegion(bucketRegion: string): ShieldRegion | undefined {
  return SHIELD_REGIONS.find((offered) => offered === bucketRegion) ?? NEAREST[bucketRegion];
}
