import { Duration } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * One of CloudFront's own metrics, which are in us-east-1 wherever viewers are.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 *
 * @param statistic that CloudFront publishes for it: `Average` or `Sum`
 */
export function distributionMetric(
  { distributionId }: IDistribution,
  metricName: string,
  statistic: string,
): Metric {
  return new Metric({
    namespace: 'AWS/CloudFront',
    metricName,
    dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
    statistic,
    period: Duration.minutes(5),
    region: 'us-east-1',
  });
}

/**
 * The same of a CloudFront Function.
 *
 * @param name of the function
 * @param statistic the one that CloudFront has for it: `Average` or `Sum`
 */
export function viewerFunctionMetric(name: string, metricName: string, statistic: string): Metric {
  return new Metric({
    namespace: 'AWS/CloudFront',
    metricName,
    dimensionsMap: { FunctionName: name, Region: 'Global' },
    statistic,
    period: Duration.minutes(5),
    region: 'us-east-1',
  });
}
