import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * Lambda's metric of a replica in one region. Lambda counts it there under the function's name with its home region
 * in front; whether it does so in the home region too, AWS does not say, so there it is both names.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
export function edgeFunctionMetrics(
  fn: IFunction,
  metricName: string,
  statistic: string,
  region: string,
): readonly Metric[] {
  const replica = `us-east-1.${fn.functionName}`;
  const names = region === 'us-east-1' ? [replica, fn.functionName] : [replica];
  return names.map(
    (FunctionName) =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        dimensionsMap: { FunctionName },
        statistic,
        period: Duration.minutes(5),
        region,
      }),
  );
}
