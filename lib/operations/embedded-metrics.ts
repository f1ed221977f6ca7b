import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

const FIVE_MINUTES = Duration.minutes(5);

/**
 * The metrics in the log lines of one deployment's functions (lambda/origin-response/log.ts), in one region.
 * CloudWatch keeps them in the region where the function ran.
 */
export class EmbeddedMetrics {
  constructor(
    private readonly region: string,
    private readonly deployment: string,
  ) {}

  /** Crops rendered. */
  renders(): Metric {
    return this.metric('renders', { outcome: 'rendered' }, Stats.SUM);
  }

  /** Originals in place of crops. */
  fallbacks(): Metric {
    return this.metric('fallbacks', { outcome: 'fallback' }, Stats.SUM);
  }

  /** Milliseconds, without the fetch. */
  renderTime(statistic: string): Metric {
    return this.metric('render', { outcome: 'rendered' }, statistic);
  }

  /** In percent of all crops that missed the cache; 0 below 20 of them, which are too few. */
  fallbackRate(): IMetric {
    return this.rate(this.fallbacks());
  }

  /** The same, only for reasons other than the image itself. */
  failureRate(): IMetric {
    return this.rate(this.metric('failures', { outcome: 'fallback' }, Stats.SUM));
  }

  /** All metrics of one name, a line for each value of a dimension. */
  search(name: string, dimension: string): IMetric {
    return new MathExpression({
      expression: `SEARCH('{edgecrop,deployment,${dimension}} MetricName="${name}" deployment="${this.deployment}"', 'Sum', 300)`,
      label: `${this.region} \${PROP('Dim.${dimension}')}`,
      searchRegion: this.region,
      period: FIVE_MINUTES,
    });
  }

  private rate(part: IMetric): IMetric {
    // Regions share a graph, where a name may mean one metric only.
    const named = (name: string) => `${name}_${this.region.replace(/-/g, '_')}`;
    const [renders, fallbacks] = [named('renders'), named('fallbacks')];
    const total = `(FILL(${renders}, 0) + FILL(${fallbacks}, 0))`;
    return new MathExpression({
      expression: `IF(${total} >= 20, 100 * FILL(${named('part')}, 0) / ${total}, 0)`,
      usingMetrics: {
        [named('part')]: part,
        [renders]: this.renders(),
        [fallbacks]: this.fallbacks(),
      },
      period: FIVE_MINUTES,
      label: this.region,
    });
  }

  private metric(metricName: string, dimensionsMap: Record<string, string>, statistic: string): Metric {
    return new Metric({
      namespace: 'edgecrop',
      metricName,
      dimensionsMap: { deployment: this.deployment, ...dimensionsMap },
      statistic,
      period: FIVE_MINUTES,
      region: this.region,
      label: this.region,
    });
  }
}
