import { Annotations } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmSettings } from '../configuration/operations-options';
import { distributionMetric } from './distribution-metric';
import { EmbeddedMetrics } from './embedded-metrics';

/** Thresholds without a default in the options, because not every deployment can watch them. */
const DEFAULTS = { fallbacks: 20, failures: 2, renderTime: 8000 } as const;

export interface AlarmsProps {
  readonly settings: AlarmSettings;
  /** The deployment whose metrics are watched. */
  readonly deployment: string;
  readonly distribution: IDistribution;
  /** The region in which every function that renders runs, if there is one. */
  readonly shieldRegion: string | undefined;
  /** Changes that failed to be purged. */
  readonly deadLetters: IQueue | undefined;
}

/**
 * Alarms, and the topic that they notify. An alarm watches metrics of its own region only. The functions' metrics
 * are where they ran, so they are watched with Origin Shield in us-east-1; CloudFront's are always there.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Alarms.html
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { settings, deployment, distribution, shieldRegion, deadLetters } = props;
    this.topic = new Topic(this, 'Topic', { displayName: 'edgecrop', enforceSSL: true });
    if (settings.email !== undefined) {
      this.topic.addSubscription(new EmailSubscription(settings.email));
    }

    this.watch('ServerErrors', 'viewers get 5xx, % of requests', settings.serverErrors, {
      metric: distributionMetric(distribution, '5xxErrorRate', Stats.AVERAGE),
    });
    if (deadLetters) {
      this.watch('Unpurged', 'changed pictures that could not be purged (docs/operating.md)', 1, {
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
        periods: 1,
      });
    }
    if (shieldRegion === 'us-east-1') {
      this.watchFunction(new EmbeddedMetrics(shieldRegion, deployment), settings);
    } else {
      const place = shieldRegion ? `with Origin Shield in ${shieldRegion}` : 'without Origin Shield';
      Annotations.of(this).addInfo(
        `edgecrop.alarms: ${place} only CloudFront's own metrics are watched; originShield 'us-east-1' adds ` +
          "the function's (docs/operating.md)",
      );
    }
  }

  private watchFunction(metrics: EmbeddedMetrics, settings: AlarmSettings): void {
    this.watch('Fallbacks', 'originals in place of crops, %', settings.fallbacks ?? DEFAULTS.fallbacks, {
      metric: metrics.fallbackRate(),
    });
    this.watch(
      'Failures',
      "originals in place of crops, for reasons that are not the picture's, %",
      settings.failures ?? DEFAULTS.failures,
      { metric: metrics.failureRate() },
    );
    this.watch('RenderTime', 'render time, p99 in ms', settings.renderTime ?? DEFAULTS.renderTime, {
      metric: metrics.renderTime(Stats.p(99)),
    });
  }

  /** After three periods of five minutes in a row, so that one bad minute wakes nobody. */
  private watch(
    id: string,
    what: string,
    threshold: number,
    { metric, periods = 3 }: { readonly metric: IMetric; readonly periods?: number },
  ): void {
    const alarm = new Alarm(this, id, {
      metric,
      alarmDescription: `edgecrop: ${what}`,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // No requests are no fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
