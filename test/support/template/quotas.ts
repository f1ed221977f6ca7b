import { type CloudFormationTemplate, isRecord, resourcesOf, textOf } from './template';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Holds a template against the quotas of AWS that its specification does not know. A line for each finding.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export function quotaFindings(template: CloudFormationTemplate): readonly string[] {
  return [
    ...templateSize(template),
    ...countFindings(template),
    ...storeFindings(template),
    ...distributionFindings(template),
    ...viewerFunctionFindings(template),
    ...edgeFunctionFindings(template),
    ...rolePolicyFindings(template),
    ...alarmFindings(template),
    ...nameFindings(template),
  ];
}

function above(what: string, got: number, allowed: number): readonly string[] {
  return got > allowed ? [`${what}: got ${got}, allowed: ${allowed}`] : [];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
function templateSize(template: CloudFormationTemplate): readonly string[] {
  return [
    ...above('resources', Object.keys(template.Resources).length, 500),
    ...above('outputs', Object.keys(template.Outputs ?? {}).length, 200),
    ...above('bytes of the template', JSON.stringify(template).length, 1_000_000),
  ];
}

/** What an account may have of each. An update creates before it deletes, so what `v` names counts twice. */
function countFindings(template: CloudFormationTemplate): readonly string[] {
  const count = (type: string) => resourcesOf(template, type).length;
  return [
    ...above('cache policies', count('AWS::CloudFront::CachePolicy'), 20),
    ...above('response headers policies', count('AWS::CloudFront::ResponseHeadersPolicy'), 20),
    ...above('origin access controls', count('AWS::CloudFront::OriginAccessControl'), 100),
    ...above('CloudFront functions in an update', 2 * count('AWS::CloudFront::Function'), 100),
  ];
}

/** A store may be associated with ten functions, those that an update is about to delete included. */
function storeFindings(template: CloudFormationTemplate): readonly string[] {
  const held = resourcesOf(template, 'AWS::CloudFront::Function').flatMap(([, { FunctionConfig }]) =>
    ((at(FunctionConfig, 'KeyValueStoreAssociations') as readonly Properties[] | undefined) ?? []).map(
      ({ KeyValueStoreARN }) => textOf(KeyValueStoreARN),
    ),
  );
  return [...new Set(held)].flatMap((store) =>
    above(`functions of ${store} in an update`, 2 * held.filter((other) => other === store).length, 10),
  );
}

function distributionFindings(template: CloudFormationTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::CloudFront::Distribution').flatMap(([id, { DistributionConfig }]) => {
    const length = (name: string) => ((at(DistributionConfig, name) as readonly unknown[]) ?? []).length;
    return [
      ...above(`${id}: cache behaviours`, length('CacheBehaviors') + 1, 75),
      ...above(`${id}: origins`, length('Origins'), 100),
      ...above(`${id}: names`, length('Aliases'), 100),
    ];
  });
}

function viewerFunctionFindings(template: CloudFormationTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::CloudFront::Function').flatMap(([id, { FunctionCode }]) =>
    above(`${id}: bytes of code`, Buffer.byteLength(String(FunctionCode)), 10_240),
  );
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
const NOT_AT_THE_EDGE = [
  'Environment',
  'Layers',
  'VpcConfig',
  'DeadLetterConfig',
  'TracingConfig',
  'KmsKeyArn',
  'ImageConfig',
  'EphemeralStorage',
  'FileSystemConfigs',
  'ReservedConcurrentExecutions',
  'RuntimeManagementConfig',
];

/** Functions whose versions a distribution runs. */
function edgeFunctionFindings(template: CloudFormationTemplate): readonly string[] {
  const distributions = JSON.stringify(resourcesOf(template, 'AWS::CloudFront::Distribution'));
  const names = resourcesOf(template, 'AWS::Lambda::Version')
    .filter(([id]) => distributions.includes(`"LambdaFunctionARN":{"Ref":"${id}"}`))
    .map(([, { FunctionName }]) => textOf(FunctionName));
  return resourcesOf(template, 'AWS::Lambda::Function')
    .filter(([id]) => names.includes(`\${${id}}`))
    .flatMap(([id, properties]) => [
      ...NOT_AT_THE_EDGE.filter((name) => properties[name] !== undefined).map(
        (name) => `${id}: ${name} is not for the edge`,
      ),
      ...(textOf([properties.Architectures ?? 'x86_64'].flat()[0]) === 'x86_64' ? [] : [`${id}: not x86_64`]),
      ...above(`${id}: seconds`, Number(properties.Timeout ?? 3), 30),
      ...above(`${id}: megabytes`, Number(properties.MemorySize ?? 128), 10_240),
    ]);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length */
function rolePolicyFindings(template: CloudFormationTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::IAM::Role').flatMap(([role, { Policies = [] }]) => {
    const attached = resourcesOf(template, 'AWS::IAM::Policy')
      .filter(([, { Roles = [] }]) => (Roles as readonly unknown[]).map(textOf).includes(`\${${role}}`))
      .map(([, { PolicyDocument }]) => PolicyDocument);
    const documents = [
      ...(Policies as readonly Properties[]).map((policy) => policy.PolicyDocument),
      ...attached,
    ];
    // A token stands for some forty characters.
    const size = documents.map((document) => policyText(document).length).reduce((sum, one) => sum + one, 0);
    return above(`${role}: characters of its policies`, size, 10_240);
  });
}

function policyText(document: unknown): string {
  return JSON.stringify(document, (_key, value: unknown) =>
    isRecord(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))
      ? textOf(value).replace(/\$\{[^}]*\}/g, 'x'.repeat(40))
      : value,
  );
}

/** An alarm watches ten metrics, all of its own region. */
function alarmFindings(template: CloudFormationTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Metrics = [] }]) => {
    const watched = (Metrics as readonly Properties[]).flatMap(({ MetricStat }) =>
      MetricStat ? [MetricStat] : [],
    );
    return [
      ...above(`${id}: metrics`, watched.length, 10),
      ...(JSON.stringify(Metrics).includes('"Region"') && JSON.stringify(watched).includes('"Region":"')
        ? [`${id}: watches another region`]
        : []),
    ];
  });
}

/** Where a resource has a name that must be its own, and how long it may be. */
const NAMES: Readonly<Record<string, readonly [path: string, longest: number]>> = {
  'AWS::CloudFront::CachePolicy': ['CachePolicyConfig.Name', 128],
  'AWS::CloudFront::ResponseHeadersPolicy': ['ResponseHeadersPolicyConfig.Name', 128],
  'AWS::CloudFront::OriginAccessControl': ['OriginAccessControlConfig.Name', 64],
  'AWS::CloudFront::Function': ['Name', 64],
  'AWS::CloudFront::KeyValueStore': ['Name', 64],
  'AWS::Logs::DeliverySource': ['Name', 60],
  'AWS::Logs::DeliveryDestination': ['Name', 60],
  'AWS::CloudWatch::Dashboard': ['DashboardName', 255],
  'AWS::CloudWatch::Alarm': ['AlarmName', 255],
};

function nameFindings(template: CloudFormationTemplate): readonly string[] {
  return Object.entries(NAMES).flatMap(([type, [path, longest]]) => {
    const names = resourcesOf(template, type).flatMap(([, properties]) => {
      const name = path.split('.').reduce<unknown>(at, properties);
      return name === undefined ? [] : [textOf(name)];
    });
    const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
    return [
      ...twice.map((name) => `${type}: two are named ${name}`),
      ...names.flatMap((name) => above(`${type} ${name}: characters of its name`, name.length, longest)),
    ];
  });
}

function at(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}
