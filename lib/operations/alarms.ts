import { Annotations } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EDGE_REGIONS } from '../configuration/edge-regions';
import type { AlarmSettings } from '../configuration/operations-options';
import { AlarmTopic } from './alarm-topic';
import { distributionMetric, viewerFunctionMetric } from './cloudfront-metrics';
import { CropAlarmsStack, watchCrops } from './crop-alarms';
import { edgeFunctionMetrics } from './edge-function-metrics';
import { EmbeddedMetrics } from './embedded-metrics';
import { NotifyingAlarm } from './notifying-alarm';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const METRICS_PER_ALARM = 10;

/** From 71 % of its time on, CloudFront may throttle a function: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/test-function.html */
const HIGH_UTILISATION = 70;

export interface AlarmsProps {
  readonly settings: AlarmSettings;
  /** The deployment whose metrics are watched. */
  readonly deployment: string;
  readonly distribution: IDistribution;
  /** The names of the viewer-request functions. */
  readonly viewerFunctions: readonly string[];
  /** The functions that render. */
  readonly originFunctions: readonly IFunction[];
  /** Whether the functions count what they do. */
  readonly hasMetrics: boolean;
  /** The regions of Origin Shield, in which they run; none without Origin Shield. */
  readonly shieldRegions: readonly string[];
  /** Changes that could not be purged. */
  readonly deadLetters: IQueue | undefined;
}

/** Alarms, and the topic that they notify. CloudFront's metrics are in us-east-1, the functions' where they run. */
export class Alarms extends Construct {
  readonly topic: AlarmTopic;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
    const { settings, deployment, shieldRegions, hasMetrics } = props;
    this.topic = new AlarmTopic(this, 'Topic', settings.email);
    this.watchDistribution();
    this.watchViewerFunctions();
    if (!hasMetrics) this.say('metrics is off, so fallbacks, failures and render time are not watched');
    if (shieldRegions.length === 0) {
      this.watchOriginFunctions();
      this.sayWhatIsNotWatched();
    }
    for (const region of shieldRegions) {
      if (region === 'us-east-1') {
        this.watchOriginFunctions();
        if (hasMetrics) watchCrops(this, this.topic, new EmbeddedMetrics(region, deployment), settings);
      } else if (hasMetrics) {
        const stack = new CropAlarmsStack(this, `In-${region}`, {
          region,
          metrics: new EmbeddedMetrics(region, deployment),
          settings,
        });
        this.say(
          `the functions run in ${region}, so the alarms on fallbacks, failures and render time are the stack ` +
            `${stack.stackName} there; deploy with: npx cdk deploy --all. Errors and throttles of the functions are not watched`,
        );
      }
    }
  }

  private watchDistribution(): void {
    const { settings, distribution, deadLetters } = this.props;
    this.watch('ServerErrors', 'viewers get 5xx, % of requests', settings.serverErrors, [
      distributionMetric(distribution, '5xxErrorRate', Stats.AVERAGE),
    ]);
    this.watch('ClientErrors', 'viewers get 4xx, % of requests', settings.clientErrors, [
      distributionMetric(distribution, '4xxErrorRate', Stats.AVERAGE),
    ]);
    if (deadLetters) {
      new NotifyingAlarm(this, 'Unpurged', {
        topic: this.topic,
        what: 'changed pictures that could not be purged (docs/purging.md)',
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
        threshold: 1,
        periods: 1,
      });
    }
  }

  private watchViewerFunctions(): void {
    const of = (metricName: string, statistic: string) =>
      this.props.viewerFunctions.map((name) => viewerFunctionMetric(name, metricName, statistic));
    this.watch('ViewerFunctionErrors', 'errors of the viewer-request function', 1, [
      ...of('FunctionExecutionErrors', Stats.SUM),
      ...of('FunctionValidationErrors', Stats.SUM),
    ]);
    this.watch('ViewerFunctionThrottles', 'CloudFront throttles the viewer-request function', 1, [
      ...of('FunctionThrottles', Stats.SUM),
    ]);
    this.watch(
      'ViewerFunctionTime',
      'time of the viewer-request function, % of what it has',
      HIGH_UTILISATION,
      [...of('FunctionComputeUtilization', Stats.AVERAGE)],
    );
  }

  /** Those of them that run in this region. */
  private watchOriginFunctions(): void {
    const of = (metricName: string) =>
      this.props.originFunctions.flatMap((fn) => edgeFunctionMetrics(fn, metricName, Stats.SUM, 'us-east-1'));
    this.watch('FunctionErrors', 'errors of the function that renders, in us-east-1', 1, of('Errors'));
    this.watch(
      'FunctionThrottles',
      'throttles of the function that renders, in us-east-1',
      1,
      of('Throttles'),
    );
  }

  /** The largest of several metrics, in as many alarms as that takes. */
  private watch(id: string, what: string, threshold: number, metrics: readonly IMetric[]): void {
    for (let from = 0; from < metrics.length; from += METRICS_PER_ALARM) {
      new NotifyingAlarm(this, from === 0 ? id : `${id}${from}`, {
        topic: this.topic,
        what,
        threshold,
        metric: largestOf(metrics.slice(from, from + METRICS_PER_ALARM)),
      });
    }
  }

  private sayWhatIsNotWatched(): void {
    this.say(
      `without Origin Shield the functions run in ${EDGE_REGIONS.length} regions; their errors and throttles are ` +
        'watched in us-east-1 only, and their fallbacks, failures and render time nowhere; originShield adds those',
    );
  }

  private say(text: string): void {
    Annotations.of(this).addInfo(`edgecrop.alarms: ${text} (docs/monitoring.md#which-alarms-you-get)`);
  }
}

function largestOf(metrics: readonly IMetric[]): IMetric {
  const [only, ...others] = metrics;
  if (only !== undefined && others.length === 0) return only;
  const named = metrics.map((metric, index): [string, IMetric] => [`m${index}`, metric]);
  return new MathExpression({
    expression: `MAX([${named.map(([name]) => `FILL(${name}, 0)`).join(', ')}])`,
    usingMetrics: Object.fromEntries(named),
  });
}
