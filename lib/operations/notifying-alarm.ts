import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface NotifyingAlarmProps {
  readonly topic: ITopic;
  /** What has happened if it rises. */
  readonly what: string;
  readonly metric: IMetric;
  /** The value at which it rises. */
  readonly threshold: number;
  /**
   * How many periods of five minutes in a row.
   *
   * @default 3 - so that one bad minute wakes nobody
   */
  readonly periods?: number;
}

/** An alarm that tells a topic when it rises and when it is over. */
export class NotifyingAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: NotifyingAlarmProps) {
    super(scope, id, {
      metric: props.metric,
      alarmDescription: `edgecrop: ${props.what}`,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // No requests are no fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(props.topic));
    this.addOkAction(new SnsAction(props.topic));
  }
}
