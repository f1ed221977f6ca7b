import { Duration } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { distributionMetric } from './cloudfront-metrics';
import { edgeFunctionMetrics } from './edge-function-metrics';
import { EmbeddedMetrics } from './embedded-metrics';

export interface CroppingDashboardProps {
  /** The deployment whose metrics are shown. */
  readonly deployment: string;
  readonly distribution: IDistribution;
  /** The functions that render, and their regions: each region is a line in each graph. */
  readonly functions: readonly {
    /** The path pattern that it renders for. */
    readonly pattern: string;
    readonly originResponse: IFunction;
    readonly regions: readonly string[];
  }[];
}

/** What viewers got, what it cost to render, and where it was rendered. */
export class CroppingDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: CroppingDashboardProps) {
    super(scope, id, { defaultInterval: Duration.days(1) });
    const { deployment, distribution, functions } = props;
    const regions = [...new Set(functions.flatMap((fn) => fn.regions))];
    const embedded = regions.map((region) => new EmbeddedMetrics(region, deployment));
    const ofFunction = (metricName: string, statistic: string) =>
      functions.flatMap(({ pattern, originResponse, ...fn }) =>
        fn.regions.flatMap((region) =>
          edgeFunctionMetrics(originResponse, metricName, statistic, region).map((metric) =>
            metric.with({ label: functions.length > 1 ? `${region} ${pattern}` : region }),
          ),
        ),
      );

    this.addWidgets(
      graph('Requests of viewers', [distributionMetric(distribution, 'Requests', Stats.SUM)]),
      graph('Errors, % of requests', [
        distributionMetric(distribution, '5xxErrorRate', Stats.AVERAGE),
        distributionMetric(distribution, '4xxErrorRate', Stats.AVERAGE),
      ]),
      graph('Bytes to viewers', [distributionMetric(distribution, 'BytesDownloaded', Stats.SUM)]),
    );
    this.addWidgets(
      graph(
        'Crops rendered',
        embedded.map((metrics) => metrics.renders()),
      ),
      graph(
        'Render time, p99 (ms)',
        embedded.map((metrics) => metrics.renderTime(Stats.p(99))),
      ),
      graph(
        'Crops by format',
        embedded.map((metrics) => metrics.search('renders', 'format')),
      ),
    );
    this.addWidgets(
      graph(
        'Originals in place of crops, %',
        embedded.map((metrics) => metrics.fallbackRate()),
      ),
      graph(
        "The same for reasons that are not the picture's, %",
        embedded.map((metrics) => metrics.failureRate()),
      ),
      graph(
        'Bytes of crops, by format',
        embedded.map((metrics) => metrics.search('bytes', 'format')),
      ),
    );
    this.addWidgets(
      graph('Function: errors', ofFunction('Errors', Stats.SUM)),
      graph('Function: throttled', ofFunction('Throttles', Stats.SUM)),
      graph('Function: at once', ofFunction('ConcurrentExecutions', Stats.MAXIMUM)),
    );
  }
}

function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: 8, height: 6, leftYAxis: { min: 0 } });
}
