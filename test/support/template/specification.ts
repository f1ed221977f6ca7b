import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource, ResourceProperties } from '@aws-cdk/service-spec-types';
import {
  type CloudFormationTemplate,
  isIntrinsic,
  isRecord,
  referencesIn,
  resourcesOf,
  type TemplateResource,
} from './template';

const specification = loadAwsServiceSpecSync();

/**
 * Holds a template against AWS's own specification of its resources: types, properties that are unknown or
 * missing, values of another type, references to nothing, and circles. A line for each finding.
 */
export function specificationFindings(template: CloudFormationTemplate): readonly string[] {
  return [
    ...Object.entries(template.Resources).flatMap(([id, resource]) => resourceFindings(id, resource)),
    ...referenceFindings(template),
    ...circleFindings(template),
    ...deliveryFindings(template),
  ];
}

function resourceFindings(id: string, { Type, Properties = {} }: TemplateResource): readonly string[] {
  if (isCustom(Type)) return 'ServiceToken' in Properties ? [] : [`${id}: has no ServiceToken`];
  const known = resourceOf(Type);
  return known ? propertyFindings(id, Properties, known.properties) : [`${id}: unknown type ${Type}`];
}

function propertyFindings(
  path: string,
  given: Readonly<Record<string, unknown>>,
  known: ResourceProperties,
): readonly string[] {
  return [
    ...Object.entries(known)
      .filter(([name, { required }]) => required === true && given[name] === undefined)
      .map(([name]) => `${path}: ${name} is missing`),
    ...Object.entries(given).flatMap(([name, value]) => {
      const property = known[name];
      return property === undefined
        ? [`${path}: unknown property ${name}`]
        : valueFindings(`${path}.${name}`, value, [property.type, ...(property.previousTypes ?? [])]);
    }),
  ];
}

/** None where one of the types takes the value; else what the first of them says. */
function valueFindings(
  path: string,
  value: unknown,
  [type, ...others]: readonly PropertyType[],
): readonly string[] {
  // What CloudFormation puts in is known when it deploys.
  if (type === undefined || isIntrinsic(value)) return [];
  const findings = typedFindings(path, value, type);
  if (findings.length === 0 || others.length === 0) return findings;
  return others.some((other) => typedFindings(path, value, other).length === 0) ? [] : findings;
}

function typedFindings(path: string, value: unknown, type: PropertyType): readonly string[] {
  const expected = (is: boolean): readonly string[] =>
    is ? [] : [`${path}: got ${JSON.stringify(value)}, expected ${type.type}`];
  switch (type.type) {
    case 'string':
      if (type.allowedValues && !type.allowedValues.includes(String(value))) {
        return [`${path}: got ${JSON.stringify(value)}, allowed: ${type.allowedValues.join(', ')}`];
      }
      return expected(typeof value !== 'object');
    case 'number':
    case 'integer':
      return expected(typeof value !== 'object' && Number.isFinite(Number(value)));
    case 'boolean':
      return expected(typeof value === 'boolean' || value === 'true' || value === 'false');
    case 'array':
      if (!Array.isArray(value)) return expected(false);
      return value.flatMap((element, i) => valueFindings(`${path}[${i}]`, element, [type.element]));
    case 'map':
      if (!isRecord(value)) return expected(false);
      return Object.entries(value).flatMap(([key, element]) =>
        valueFindings(`${path}.${key}`, element, [type.element]),
      );
    case 'ref':
      if (!isRecord(value)) return expected(false);
      return propertyFindings(
        path,
        value,
        specification.get('typeDefinition', type.reference.$ref).properties,
      );
    case 'union':
      return valueFindings(path, value, type.types);
    case 'tag':
      return expected(isRecord(value) && 'Key' in value && 'Value' in value);
    default:
      return [];
  }
}

function referenceFindings(template: CloudFormationTemplate): readonly string[] {
  const { Resources, Parameters = {}, Outputs = {} } = template;
  const missing = Object.entries(Resources).flatMap(([id, { DependsOn = [] }]) =>
    [DependsOn]
      .flat()
      .filter((target) => Resources[target] === undefined)
      .map((target) => `${id}: depends on ${target}, which is not there`),
  );
  const places: readonly (readonly [string, unknown])[] = [
    ...Object.entries(Resources).map(([id, { Properties }]) => [id, Properties] as const),
    ...Object.entries(Outputs).map(([id, { Value }]) => [id, Value] as const),
  ];
  const broken = places.flatMap(([id, value]) =>
    referencesIn(value).flatMap(({ target, attribute }) => {
      const resource = Resources[target];
      if (resource === undefined) {
        return target in Parameters || target.startsWith('AWS::') ? [] : [`${id}: ${target} is not there`];
      }
      if (attribute === undefined || isCustom(resource.Type)) return [];
      const attributes = Object.keys(resourceOf(resource.Type)?.attributes ?? {});
      return attributes.includes(attribute) ? [] : [`${id}: ${resource.Type} has no attribute ${attribute}`];
    }),
  );
  return [...missing, ...broken];
}

function circleFindings({ Resources }: CloudFormationTemplate): readonly string[] {
  const done = new Set<string>();
  const findings: string[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) findings.push(`circle: ${[...path.slice(path.indexOf(id)), id].join(' → ')}`);
    if (done.has(id) || path.includes(id)) return;
    const { DependsOn = [], Properties } = Resources[id] as TemplateResource;
    const targets = [...[DependsOn].flat(), ...referencesIn(Properties).map(({ target }) => target)];
    for (const target of new Set(targets)) if (Resources[target]) visit(target, [...path, id]);
    done.add(id);
  };
  for (const id of Object.keys(Resources)) visit(id, []);
  return findings;
}

/** Access logs: the fields and the format that the distribution's specification knows. */
function deliveryFindings(template: CloudFormationTemplate): readonly string[] {
  const logs = resourceOf('AWS::CloudFront::Distribution')?.vendedLogs?.find(
    ({ logType }) => logType === 'ACCESS_LOGS',
  );
  const fields = [...(logs?.mandatoryFields ?? []), ...(logs?.optionalFields ?? [])];
  const formats = logs?.destinations.find(({ destinationType }) => destinationType === 'S3')?.outputFormats;
  return [
    ...resourcesOf(template, 'AWS::Logs::Delivery').flatMap(([id, { RecordFields = [] }]) =>
      (RecordFields as readonly string[])
        .filter((field) => !fields.includes(field))
        .map((field) => `${id}: unknown field ${field}`),
    ),
    ...resourcesOf(template, 'AWS::Logs::DeliveryDestination')
      .filter(([, { OutputFormat }]) => formats?.includes(String(OutputFormat)) !== true)
      .map(([id, { OutputFormat }]) => `${id}: unknown format ${OutputFormat}`),
  ];
}

function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function resourceOf(type: string): Resource | undefined {
  return specification.lookup('resource', 'cloudFormationType', 'equals', type).at(0);
}
