import { CfnOutput } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EDGE_REGIONS, nearestShieldRegion, type ShieldRegion } from '../configuration/edge-regions';
import type { OperationsSettings } from '../configuration/operations-options';
import type { OriginResponseFunction } from '../cropping/origin-response-function';
import { ImageBucket } from '../originals/image-bucket';
import { AccessLogs } from './access-logs';
import { Alarms } from './alarms';
import { AutoInvalidation } from './auto-invalidation';
import { CroppingDashboard } from './dashboard';
import { RegionalLogGroups } from './regional-log-groups';

export interface OperationsProps {
  readonly configuration: OperationsSettings;
  /** What is served where no pattern matches. */
  readonly bucket: IBucket;
  /** The folders of that bucket in which paths of URLs begin; the empty one is all of it. */
  readonly originPaths: readonly string[];
  readonly distribution: IDistribution;
  /** Those that render. */
  readonly functions: readonly RenderingFunction[];
}

/** A function that renders what is under a path pattern. */
export interface RenderingFunction {
  /** `*` for all that no other pattern matches. */
  readonly pattern: string;
  readonly originResponse: OriginResponseFunction;
  /** The one region where it runs, if it is one. */
  readonly shieldRegion: ShieldRegion | undefined;
}

/** What watches over a deployment: only what is asked for. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { configuration, bucket, originPaths, distribution, functions } = props;

    for (const { pattern, originResponse, shieldRegion } of functions) {
      const elsewhere = regionsOf(shieldRegion).filter((region) => region !== 'us-east-1');
      if (configuration.logRetention.everyRegion && elsewhere.length > 0) {
        new RegionalLogGroups(this, pattern === '*' ? 'LogGroups' : `LogGroups${pattern}`, {
          logGroup: originResponse.logGroup,
          regions: elsewhere,
          retentionDays: configuration.logRetention.days,
        });
      }
    }
    if (configuration.accessLogs) {
      const logs = new AccessLogs(this, 'AccessLogs', { distribution });
      new CfnOutput(this, 'AccessLogsBucketName', { value: logs.bucket.bucketName });
    }
    if (configuration.dashboard) {
      new CroppingDashboard(this, 'Dashboard', {
        distribution,
        functions: functions.map(({ shieldRegion, ...named }) => ({
          ...named,
          regions: regionsOf(shieldRegion),
        })),
      });
    }
    const invalidation = configuration.autoInvalidate
      ? new AutoInvalidation(this, 'AutoInvalidation', {
          bucket: requireOwn(bucket),
          originPaths,
          distribution,
        })
      : undefined;
    if (configuration.alarms) {
      const alarms = new Alarms(this, 'Alarms', {
        configuration: configuration.alarms,
        distribution,
        shieldRegion: commonRegion(functions),
        deadLetters: invalidation?.deadLetters,
      });
      new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topic.topicArn });
    }
  }
}

/** The region of Origin Shield, or undefined where there is none. */
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

/** Where all of them run, if that is one region. */
function commonRegion(functions: readonly RenderingFunction[]): ShieldRegion | undefined {
  const [first, ...others] = functions.map(({ shieldRegion }) => shieldRegion);
  return others.every((region) => region === first) ? first : undefined;
}

/** Notifications of a bucket are one list, which is its owner's: setting ours would drop theirs. */
function requireOwn(bucket: IBucket): ImageBucket {
  if (bucket instanceof ImageBucket) return bucket;
  throw new Error(
    'edgecrop.autoInvalidate: got true, allowed: only with a bucket that this stack creates; ' +
      'with one of your own, remove autoInvalidate and purge as docs/operating.md says',
  );
}
