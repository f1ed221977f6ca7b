/** A CloudFormation template as it is synthesised. */
export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, object>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** One reference from one place of a template to another. */
export interface TemplateReference {
  readonly target: string;
  /** Absent for `Ref`. */
  readonly attribute?: string;
}

/** The resources of a type, with their logical ids. */
export function resourcesOf(
  { Resources }: CloudFormationTemplate,
  type: string | RegExp,
): readonly (readonly [id: string, properties: Readonly<Record<string, unknown>>])[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => (typeof type === 'string' ? Type === type : type.test(Type)))
    .map(([id, { Properties = {} }]) => [id, Properties]);
}

/** `Ref`, `Fn::GetAtt` …: what CloudFormation replaces by a value. */
export function isIntrinsic(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && /^(Ref|Condition|Fn::\w+)$/.test(key);
}

/** Every reference within a value. */
export function referencesIn(value: unknown): readonly TemplateReference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  if (isIntrinsic(value)) {
    if (typeof value.Ref === 'string') return [{ target: value.Ref }];
    const attribute = value['Fn::GetAtt'];
    if (Array.isArray(attribute)) return [{ target: String(attribute[0]), attribute: String(attribute[1]) }];
    const sub = value['Fn::Sub'];
    if (sub !== undefined) return [...referencesInText([sub].flat()[0]), ...referencesIn([sub].flat()[1])];
  }
  return Object.values(value).flatMap(referencesIn);
}

function referencesInText(text: unknown): readonly TemplateReference[] {
  return [...String(text).matchAll(/\$\{([\w:]+)(?:\.([\w.]+))?\}/g)].map(([, target = '', attribute]) => ({
    target,
    ...(attribute !== undefined && { attribute }),
  }));
}

/** A value as one text, with `${Id}` or `${Id.Attribute}` for what is only known after the deploy. */
export function textOf(value: unknown): string {
  if (!isRecord(value)) return String(value);
  if (typeof value.Ref === 'string') return `\${${value.Ref}}`;
  const attribute = value['Fn::GetAtt'];
  if (Array.isArray(attribute)) return `\${${attribute.join('.')}}`;
  const join = value['Fn::Join'];
  if (Array.isArray(join)) return (join[1] as readonly unknown[]).map(textOf).join(String(join[0]));
  return JSON.stringify(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
