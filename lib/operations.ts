import { CfnOutput } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessLogs } from './access-logs';
import { Alarms } from './alarms';
import { AutoInvalidation } from './auto-invalidation';
import { CroppingDashboard } from './dashboard';
import { EDGE_REGIONS, nearestShieldRegion, type ShieldRegion } from './edge-regions';
import { ImageBucket } from './image-bucket';
import type { OperationsConfiguration } from './operations-configuration';
import type { OriginResponseFunction } from './origin-response-function';
import { RegionalLogGroups } from './regional-log-groups';

export interface OperationsProps {
  readonly configuration: OperationsConfiguration;
  readonly bucket: IBucket;
  readonly distribution: IDistribution;
  /** The function that renders. */
  readonly originResponse: OriginResponseFunction;
}

/** What watches over a deployment: only what is asked for. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { configuration, bucket, distribution, originResponse } = props;
    const shieldRegion = shieldRegionOf(configuration, bucket);
    const regions = shieldRegion ? [shieldRegion] : EDGE_REGIONS;

    const elsewhere = regions.filter((region) => region !== 'us-east-1');
    if (configuration.logRetention.everyRegion && elsewhere.length > 0) {
      new RegionalLogGroups(this, 'LogGroups', {
        logGroup: originResponse.logGroup,
        regions: elsewhere,
        retentionDays: configuration.logRetention.days,
      });
    }
    if (configuration.accessLogs) {
      const logs = new AccessLogs(this, 'AccessLogs', { distribution });
      new CfnOutput(this, 'AccessLogsBucketName', { value: logs.bucket.bucketName });
    }
    if (configuration.dashboard) {
      new CroppingDashboard(this, 'Dashboard', { distribution, originResponse, regions });
    }
    const invalidation = configuration.autoInvalidate
      ? new AutoInvalidation(this, 'AutoInvalidation', { bucket: requireOwn(bucket), distribution })
      : undefined;
    if (configuration.alarms) {
      const alarms = new Alarms(this, 'Alarms', {
        configuration: configuration.alarms,
        distribution,
        shieldRegion,
        deadLetters: invalidation?.deadLetters,
      });
      new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topic.topicArn });
    }
  }
}

/** The region of Origin Shield, or undefined where there is none. */
export function shieldRegionOf(
  { originShield }: Pick<OperationsConfiguration, 'originShield'>,
  bucket: IBucket,
): ShieldRegion | undefined {
  if (originShield === false) return undefined;
  return originShield === true ? nearestShieldRegion(bucket.env.region) : originShield;
}

/** Notifications of a bucket are one list, which is its owner's: setting ours would drop theirs. */
function requireOwn(bucket: IBucket): ImageBucket {
  if (bucket instanceof ImageBucket) return bucket;
  throw new Error(
    'edgecrop.autoInvalidate: got true, allowed: only with a bucket that this stack creates; ' +
      'with one of your own, remove autoInvalidate and purge as docs/operating.md says',
  );
}
