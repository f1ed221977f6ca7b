import { Match, Template } from 'aws-cdk-lib/assertions';
import { CropAlarmsStack } from '../../../lib/operations/crop-alarms';
import { permissionFindings } from '../../support/template/permissions';
import { specificationFindings } from '../../support/template/specification';
import type { CloudFormationTemplate } from '../../support/template/template';
import { saidOf, stackOf, templateOf } from '../templates';
import { FULLEST, FULLEST_UNSHIELDED } from './operated';

const FULL = templateOf(FULLEST);
const UNSHIELDED = templateOf(FULLEST_UNSHIELDED);

describe('alarms', () => {
  const alarmsOf = (template: Template) =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => [
      Properties.AlarmDescription,
      Properties.Threshold,
    ]);

  const UNPURGED = ['edgecrop: changed pictures that could not be purged (docs/purging.md)', 1];
  const CLOUDFRONT = [
    ['edgecrop: viewers get 5xx, % of requests', 1],
    ['edgecrop: viewers get 4xx, % of requests', 20],
    ['edgecrop: errors of the viewer-request function', 1],
    ['edgecrop: CloudFront throttles the viewer-request function', 1],
    ['edgecrop: time of the viewer-request function, % of what it has', 70],
  ];
  const FUNCTION = [
    ['edgecrop: errors of the function that renders, in us-east-1', 1],
    ['edgecrop: throttles of the function that renders, in us-east-1', 1],
  ];
  const CROPS = [
    ['edgecrop: originals in place of crops, %', 20],
    ["edgecrop: originals in place of crops, for reasons that are not the picture's, %", 2],
    ['edgecrop: render time, p99 in ms', 8000],
  ];

  test('watch crops with Origin Shield, and what CloudFront and Lambda count in us-east-1 always', () => {
    expect(new Set(alarmsOf(FULL))).toEqual(new Set([UNPURGED, ...CLOUDFRONT, ...FUNCTION, ...CROPS]));
    expect(new Set(alarmsOf(UNSHIELDED))).toEqual(new Set([UNPURGED, ...CLOUDFRONT, ...FUNCTION]));
    expect(new Set(alarmsOf(templateOf({ alarms: {} })))).toEqual(new Set([...CLOUDFRONT, ...FUNCTION]));
    FULL.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/CloudFront',
      MetricName: '5xxErrorRate',
      Statistic: 'Average',
      Dimensions: Match.arrayWith([{ Name: 'Region', Value: 'Global' }]),
      TreatMissingData: 'notBreaching',
    });
  });

  test('watch crops where Origin Shield is: in a stack of that region, which tells the same address', () => {
    const stack = stackOf({
      originShield: 'eu-central-1',
      alarms: { email: 'ops@example.com', renderTime: 3000 },
    });
    const [inShieldRegion, ...others] = stack.node
      .findAll()
      .filter((child) => child instanceof CropAlarmsStack);
    expect(others).toEqual([]);
    expect(inShieldRegion?.region).toBe('eu-central-1');
    const template = Template.fromStack(inShieldRegion!);
    expect(alarmsOf(template)).toEqual(
      CROPS.map(([what, threshold]) => [what, threshold === 8000 ? 3000 : threshold]),
    );
    template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'ops@example.com' });
    expect(permissionFindings(template.toJSON() as CloudFormationTemplate)).toEqual([]);
    expect(specificationFindings(template.toJSON() as CloudFormationTemplate)).toEqual([]);
    // Nothing refers to the other stack: there is no reference from one region to another.
    expect(JSON.stringify(template.toJSON())).not.toContain('Fn::ImportValue');
    expect(new Set(alarmsOf(Template.fromStack(stack)))).toEqual(new Set(CLOUDFRONT));
  });

  test('say at synth what is not watched', () => {
    expect(saidOf(stackOf({ alarms: {} })).join()).toContain(
      'their errors and throttles are watched in us-east-1 only, and their fallbacks, failures and render time nowhere',
    );
    expect(saidOf(stackOf({ alarms: {}, originShield: 'eu-west-1' })).join()).toContain(
      'are the stack Edgecrop-alarms-eu-west-1 there; deploy with: npx cdk deploy --all',
    );
    expect(saidOf(stackOf({ alarms: {}, originShield: true })).join()).not.toContain('edgecrop.alarms');
  });

  test('publish to a topic that lets them', () => {
    FULL.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          }),
        ]),
      },
    });
  });

  test('hold no metric of another region, and no more than ten', () => {
    for (const { Properties } of Object.values(FULL.findResources('AWS::CloudWatch::Alarm'))) {
      const metrics = (Properties.Metrics ?? []) as { MetricStat?: object }[];
      expect(metrics.filter(({ MetricStat }) => MetricStat).length).toBeLessThanOrEqual(10);
      expect(JSON.stringify(metrics)).not.toContain('"Region":');
    }
  });

  test('tell an e-mail address', () => {
    FULL.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
    templateOf({ alarms: {} }).resourceCountIs('AWS::SNS::Subscription', 0);
    expect(() => templateOf({ alarms: { email: 'ops' } })).toThrow(
      'edgecrop.alarms.email: got "ops", allowed: an e-mail address',
    );
  });

  test('take other thresholds, where they can be watched', () => {
    const alarms = { serverErrors: 5, clientErrors: 30, renderTime: 3000 };
    const thresholds = alarmsOf(templateOf({ originShield: true, alarms })).map(([, threshold]) => threshold);
    expect(thresholds).toEqual(expect.arrayContaining([5, 30, 20, 2, 3000]));
    expect(() => templateOf({ alarms })).toThrow(
      'edgecrop.alarms.renderTime: got 3000, allowed: only with originShield',
    );
  });

  test('on crops are not there without metrics of the function', () => {
    const off = { originShield: true, metrics: false };
    const names = alarmsOf(templateOf({ ...off, alarms: {} })).map(([name]) => name);
    expect(names).toContain('edgecrop: viewers get 5xx, % of requests');
    expect(names.filter((name) => /originals in place of crops|render time/.test(name))).toEqual([]);
    expect(() => templateOf({ ...off, dashboard: true, alarms: { failures: 5 } })).toThrow(
      'edgecrop.alarms.failures: got 5, allowed: only with metrics: true\n' +
        'edgecrop.dashboard: got true, allowed: only with metrics: true, which it shows',
    );
  });
});
