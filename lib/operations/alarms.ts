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

/** What holds where nothing else is said; `serverErrors` has its default in the configuration. */
const DEFAULTS = { fallbacks: 20, failures: 2, renderTime: 8000 } as const;

export interface AlarmsProps {
  readonly configuration: AlarmSettings;
  readonly distribution: IDistribution;
  /** Where the function that renders runs, if that is one region. */
  readonly shieldRegion: string | undefined;
  /** Changes that could not be purged. */
  readonly deadLetters: IQueue | undefined;
}

/**
 * Alarms and the topic that they tell. An alarm watches its own region alone, and the function's metrics lie
 * where it ran: they are watched with Origin Shield in us-east-1. CloudFront's lie there always.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Alarms.html
 *
 * @throws Error where a threshold is set that could not be watched
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { configuration, distribution, shieldRegion, deadLetters } = props;
    this.topic = new Topic(this, 'Topic', { displayName: 'edgecrop', enforceSSL: true });
    if (configuration.email !== undefined) {
      this.topic.addSubscription(new EmailSubscription(configuration.email));
    }

    this.watch('ServerErrors', 'viewers get 5xx, % of requests', configuration.serverErrors, {
      metric: distributionMetric(distribution, '5xxErrorRate', Stats.AVERAGE),
    });
    if (deadLetters) {
      this.watch('Unpurged', 'changed pictures that could not be purged (docs/operating.md)', 1, {
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
        periods: 1,
      });
    }
    if (shieldRegion === 'us-east-1') this.watchFunction(new EmbeddedMetrics(shieldRegion), configuration);
    else this.refuseThresholds(configuration, shieldRegion);
  }

  private watchFunction(metrics: EmbeddedMetrics, configuration: AlarmSettings): void {
    this.watch('Fallbacks', 'originals in place of crops, %', configuration.fallbacks ?? DEFAULTS.fallbacks, {
      metric: metrics.fallbackRate(),
    });
    this.watch(
      'Failures',
      "originals in place of crops, for reasons that are not the picture's, %",
      configuration.failures ?? DEFAULTS.failures,
      { metric: metrics.failureRate() },
    );
    this.watch('RenderTime', 'render time, p99 in ms', configuration.renderTime ?? DEFAULTS.renderTime, {
      metric: metrics.renderTime(Stats.p(99)),
    });
  }

  private refuseThresholds(configuration: AlarmSettings, shieldRegion: string | undefined): void {
    const place = shieldRegion ? `with Origin Shield in ${shieldRegion}` : 'without Origin Shield';
    for (const key of ['fallbacks', 'failures', 'renderTime'] as const) {
      if (configuration[key] === undefined) continue;
      throw new Error(
        `edgecrop.alarms.${key}: got ${configuration[key]} ${place}, allowed: only with ` +
          `originShield 'us-east-1', as an alarm watches metrics of its own region`,
      );
    }
    Annotations.of(this).addInfo(
      `edgecrop.alarms: ${place} only CloudFront's own metrics are watched; originShield 'us-east-1' adds ` +
        "the function's (docs/operating.md)",
    );
  }

  /** Three periods of five minutes in a row, so that one bad minute wakes nobody. */
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
      // Nobody asking is no fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
