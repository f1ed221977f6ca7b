import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { REASONS, type Reason } from '../../lambda/origin-response/failure/reason';

const FIVE_MINUTES = Duration.minutes(5);

/**
 * What the function that renders counts in its log lines (lambda/origin-response/log.ts), in one region.
 * The metrics lie where the function ran, and do not tell deployments of one account apart.
 */
export class EmbeddedMetrics {
  constructor(readonly region: string) {}

  /** Crops rendered. */
  renders(): Metric {
    return this.metric('renders', { outcome: 'rendered' }, Stats.SUM);
  }

  /** Originals answered in place of crops. */
  fallbacks(): Metric {
    return this.metric('fallbacks', { outcome: 'fallback' }, Stats.SUM);
  }

  /** Milliseconds, without the fetch. */
  renderTime(statistic: string): Metric {
    return this.metric('render', { outcome: 'rendered' }, statistic);
  }

  /** In percent of all crops that were worked on; 0 where there were fewer than 20, which tell nothing. */
  fallbackRate(): IMetric {
    return this.rate([this.fallbacks()]);
  }

  /** The same, for the reasons that are not the picture's. */
  failureRate(): IMetric {
    const transient = (Object.keys(REASONS) as Reason[]).filter(
      (reason) => REASONS[reason].outlook === 'transient',
    );
    return this.rate(transient.map((reason) => this.metric('fallbacks', { reason }, Stats.SUM)));
  }

  /** Everything of one name, a line for each value of a dimension. */
  search(name: string, dimension: string): IMetric {
    return new MathExpression({
      expression: `SEARCH('{edgecrop,${dimension}} MetricName="${name}"', 'Sum', 300)`,
      label: `${this.region} \${PROP('Dim.${dimension}')}`,
      searchRegion: this.region,
      period: FIVE_MINUTES,
    });
  }

  private rate(parts: readonly IMetric[]): IMetric {
    // Regions share a graph, where a name may mean one metric only.
    const named = (name: string) => `${name}_${this.region.replace(/-/g, '_')}`;
    const [renders, fallbacks] = [named('renders'), named('fallbacks')];
    const total = `(FILL(${renders}, 0) + FILL(${fallbacks}, 0))`;
    const metrics = parts.map((metric, index): [string, IMetric] => [named(`part${index}`), metric]);
    const part = metrics.map(([name]) => `FILL(${name}, 0)`).join(' + ');
    return new MathExpression({
      expression: `IF(${total} >= 20, 100 * (${part}) / ${total}, 0)`,
      usingMetrics: {
        ...Object.fromEntries(metrics),
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
      dimensionsMap,
      statistic,
      period: FIVE_MINUTES,
      region: this.region,
      label: this.region,
    });
  }
}
