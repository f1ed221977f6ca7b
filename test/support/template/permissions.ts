import { type CloudFormationTemplate, isRecord, resourcesOf, textOf } from './template';

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
}

/** Holds what a template will do at the deploy, and after, against what its policies allow. */
export function permissionFindings(template: CloudFormationTemplate): readonly string[] {
  return [...alarmFindings(template), ...callFindings(template)];
}

/**
 * A policy of a topic replaces the one that SNS gives it, with which CloudWatch may publish.
 * https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 */
function alarmFindings(template: CloudFormationTemplate): readonly string[] {
  const topics = resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([, properties]) =>
    ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((name) =>
      ((properties[name] as readonly unknown[] | undefined) ?? []).map(textOf),
    ),
  );
  return [...new Set(topics)].flatMap((topic) => {
    const policies = resourcesOf(template, 'AWS::SNS::TopicPolicy').filter(([, { Topics }]) =>
      (Topics as readonly unknown[]).map(textOf).includes(topic),
    );
    const mayPublish = policies
      .flatMap(([, { PolicyDocument }]) => statementsOf(PolicyDocument))
      .some(
        (statement) =>
          statement.Effect === 'Allow' &&
          isRecord(statement.Principal) &&
          [statement.Principal.Service].flat().includes('cloudwatch.amazonaws.com') &&
          isAllowed(statement, 'sns:Publish'),
      );
    return policies.length === 0 || mayPublish ? [] : [`${topic}: CloudWatch may not publish alarms to it`];
  });
}

interface Call {
  readonly service: string;
  readonly action: string;
  readonly region?: string;
}

/** Calls of CDK's AwsCustomResource run as the role of the one function behind their ServiceToken. */
function callFindings(template: CloudFormationTemplate): readonly string[] {
  return resourcesOf(template, /^Custom::/).flatMap(([id, properties]) => {
    const provider = textOf(properties.ServiceToken).replace(/^\$\{(\w+)\.Arn\}$/, '$1');
    const statements = statementsOfRole(template, roleOf(template, provider));
    return ['Create', 'Update', 'Delete']
      .flatMap((name) =>
        properties[name] === undefined ? [] : [JSON.parse(textOf(properties[name])) as Call],
      )
      .filter((call) => call.service !== undefined)
      .filter((call) => !statements.some((statement) => covers(statement, call)))
      .map(({ action, region }) => `${id}: ${provider} may not ${action} in ${region ?? 'its region'}`);
  });
}

function covers(statement: Statement, { action, region, ...call }: Call): boolean {
  const parameters = (call as { readonly parameters?: Readonly<Record<string, unknown>> }).parameters ?? {};
  const resources = [statement.Resource].flat().map(textOf);
  return (
    statement.Effect === 'Allow' &&
    isAllowed(statement, action) &&
    resources.some(
      (resource) =>
        resource === '*' ||
        ((region === undefined || [region, '*'].includes(resource.split(':')[3] ?? '')) &&
          Object.values(parameters).some((value) => typeof value === 'string' && resource.includes(value))),
    )
  );
}

/** Whether a statement names an action, of whatever service. */
function isAllowed({ Action = [] }: Statement, wanted: string): boolean {
  const name = (action: string) => action.split(':').at(-1)?.toLowerCase();
  return [Action].flat().some((action) => action === '*' || name(action) === name(wanted));
}

function roleOf({ Resources }: CloudFormationTemplate, functionId: string): string {
  return textOf(Resources[functionId]?.Properties?.Role).replace(/^\$\{(\w+)\.Arn\}$/, '$1');
}

function statementsOfRole(template: CloudFormationTemplate, role: string): readonly Statement[] {
  const own = (template.Resources[role]?.Properties?.Policies ?? []) as readonly {
    PolicyDocument: unknown;
  }[];
  const attached = resourcesOf(template, 'AWS::IAM::Policy').filter(([, { Roles = [] }]) =>
    (Roles as readonly unknown[]).map(textOf).includes(`\${${role}}`),
  );
  return [...own, ...attached.map(([, properties]) => properties as { PolicyDocument: unknown })].flatMap(
    ({ PolicyDocument }) => statementsOf(PolicyDocument),
  );
}

function statementsOf(document: unknown): readonly Statement[] {
  return isRecord(document) ? ([document.Statement].flat() as readonly Statement[]) : [];
}
