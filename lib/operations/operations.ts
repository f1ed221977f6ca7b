import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EDGE_REGIONS, nearestShieldRegion, type ShieldRegion } from '../configuration/edge-regions';
import type { OperationsSettings } from '../configuration/operations-options';
import type { OriginResponseFunction } from '../cropping/origin-response-function';
import type { ViewerRequestFunction } from '../cropping/viewer-request-function';
import { AccessLogs } from './access-logs';
import { Alarms } from './alarms';
import { AutoInvalidation } from './auto-invalidation';
import { CroppingDashboard } from './dashboard';
import { RegionalLogGroups } from './regional-log-groups';

export interface OperationsProps {
  readonly settings: OperationsSettings;
  /** The bucket that the stack creates; undefined with an existing one, which is never purged. */
  readonly ownBucket: Bucket | undefined;
  /** The folders of that bucket in which paths of URLs begin; the empty string is the whole bucket. */
  readonly originPaths: readonly string[];
  readonly distribution: IDistribution;
  /** Whether the functions count what they do. */
  readonly hasMetrics: boolean;
  /** The functions that render. */
  readonly functions: readonly RenderingFunction[];
}

/** A function that renders for the paths of one pattern. */
export interface RenderingFunction {
  /** `*` for the paths that match no other pattern. */
  readonly pattern: string;
  readonly originResponse: OriginResponseFunction;
  /** The function in front of the cache, which several patterns may share. */
  readonly viewerRequest: ViewerRequestFunction;
  /** The region in which it runs, if it is only one. */
  readonly shieldRegion: ShieldRegion | undefined;
}

/** Monitoring, logs and purges of a deployment: only what the settings ask for. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { settings, ownBucket, originPaths, distribution, hasMetrics, functions } = props;
    const deployment = Stack.of(this).stackName;

    if (settings.logRetention.everyRegion) {
      const groups = functions.flatMap(({ originResponse, shieldRegion }) => {
        const regions = regionsOf(shieldRegion).filter((region) => region !== 'us-east-1');
        return regions.length > 0 ? [{ logGroup: originResponse.logGroup, regions }] : [];
      });
      if (groups.length > 0) {
        new RegionalLogGroups(this, 'LogGroups', { groups, retentionDays: settings.logRetention.days });
      }
    }
    if (settings.accessLogs) {
      const logs = new AccessLogs(this, 'AccessLogs', { distribution });
      new CfnOutput(this, 'AccessLogsBucketName', { value: logs.bucket.bucketName });
    }
    if (settings.dashboard) {
      new CroppingDashboard(this, 'Dashboard', {
        deployment,
        distribution,
        functions: functions.map(({ shieldRegion, ...named }) => ({
          ...named,
          regions: regionsOf(shieldRegion),
        })),
      });
    }
    const invalidation =
      settings.autoInvalidate && ownBucket
        ? new AutoInvalidation(this, 'AutoInvalidation', { bucket: ownBucket, originPaths, distribution })
        : undefined;
    if (settings.alarms) {
      const alarms = new Alarms(this, 'Alarms', {
        settings: settings.alarms,
        deployment,
        distribution,
        viewerFunctions: [...new Set(functions.map(({ viewerRequest }) => viewerRequest.functionName))],
        originFunctions: functions.map(({ originResponse }) => originResponse),
        shieldRegions: [...new Set(functions.flatMap(({ shieldRegion }) => shieldRegion ?? []))],
        hasMetrics,
        deadLetters: invalidation?.deadLetters,
      });
      new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topic.topicArn });
    }
  }
}

/** The region of Origin Shield, or undefined without it. */
export function shieldRegionOf(
  { originShield }: Pick<OperationsSettings, 'originShield'>,
  bucket: IBucket,
): ShieldRegion | undefined {
  if (originShield === false) return undefined;
  return originShield === true ? nearestShieldRegion(bucket.env.region) : originShield;
}

function regionsOf(shieldRegion: ShieldRegion | undefined): readonly string[] {
  return shieldRegion ? [shieldRegion] : EDGE_REGIONS;
}
