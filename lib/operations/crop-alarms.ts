import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AlarmSettings } from '../configuration/operations-options';
import { AlarmTopic } from './alarm-topic';
import type { EmbeddedMetrics } from './embedded-metrics';
import { NotifyingAlarm } from './notifying-alarm';

/** Thresholds without a default in the options, because not every deployment can watch them. */
const DEFAULTS = { fallbacks: 20, failures: 2, renderTime: 8000 } as const;

/**
 * Watches what the functions count in their logs. An alarm watches metrics of its own region only, so this belongs
 * in the region where they run.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Alarms.html
 */
export function watchCrops(
  scope: Construct,
  topic: ITopic,
  metrics: EmbeddedMetrics,
  settings: AlarmSettings,
): void {
  new NotifyingAlarm(scope, 'Fallbacks', {
    topic,
    what: 'originals in place of crops, %',
    metric: metrics.fallbackRate(),
    threshold: settings.fallbacks ?? DEFAULTS.fallbacks,
  });
  new NotifyingAlarm(scope, 'Failures', {
    topic,
    what: "originals in place of crops, for reasons that are not the picture's, %",
    metric: metrics.failureRate(),
    threshold: settings.failures ?? DEFAULTS.failures,
  });
  new NotifyingAlarm(scope, 'RenderTime', {
    topic,
    what: 'render time, p99 in ms',
    metric: metrics.renderTime(Stats.p(99)),
    threshold: settings.renderTime ?? DEFAULTS.renderTime,
  });
}

export interface CropAlarmsStackProps {
  /** The region of Origin Shield, in which the functions run. */
  readonly region: string;
  readonly metrics: EmbeddedMetrics;
  readonly settings: AlarmSettings;
}

/** The same alarms in another region, with a topic of that region: `cdk deploy --all` deploys both stacks. */
export class CropAlarmsStack extends Stack {
  constructor(scope: Construct, id: string, { region, metrics, settings }: CropAlarmsStackProps) {
    const { stackName, account } = Stack.of(scope);
    super(scope, id, {
      stackName: `${stackName}-alarms-${region}`,
      description: `edgecrop: alarms on the functions of ${stackName}, which run in ${region}`,
      env: { account, region },
    });
    const topic = new AlarmTopic(this, 'Topic', settings.email);
    watchCrops(this, topic, metrics, settings);
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
  }
}
