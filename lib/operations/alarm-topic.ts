import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** The topic that alarms of one region publish to. */
export class AlarmTopic extends Topic {
  /**
   * @param email has to confirm its subscription; undefined: nobody is subscribed
   */
  constructor(scope: Construct, id: string, email: string | undefined) {
    super(scope, id, { displayName: 'edgecrop', enforceSSL: true });
    if (email !== undefined) this.addSubscription(new EmailSubscription(email));
    const { account, partition, region } = Stack.of(this);
    // `enforceSSL` gives the topic a policy of its own, which replaces the one that SNS gives every topic and with
    // which alarms may publish: https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
  }
}
