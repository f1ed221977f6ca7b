import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import {
  Function as CloudFrontFunction,
  FunctionCode,
  FunctionRuntime,
  type IKeyValueStore,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { FunctionSettings } from '../../lambda/contract/settings';
import { builtFunctions } from './built-functions';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const MAX_CODE_BYTES = 10_240;

/** The name under which the built scripts know their settings. */
export const SETTINGS_GLOBAL = '$';

export interface ViewerRequestFunctionProps {
  readonly settings: FunctionSettings;
  /**
   * The store with the keys that URLs are signed with.
   *
   * @default - none: the settings do not ask for signatures
   */
  readonly keyValueStore?: IKeyValueStore;
}

/**
 * A store may be associated with ten functions, and an update creates the new ones before it deletes the old.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores
 */
const MAX_FUNCTIONS_OF_STORE = 5;

/** The function in front of the cache. */
export class ViewerRequestFunction extends CloudFrontFunction {
  constructor(
    scope: Construct,
    id: string,
    readonly props: ViewerRequestFunctionProps,
  ) {
    super(scope, id, {
      comment: 'edgecrop: one cache entry for each crop',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(viewerRequestScript(props.settings)),
      ...(props.keyValueStore && { keyValueStore: props.keyValueStore }),
    });
  }
}

/**
 * The function for these settings, made once in a stack however many croppings have them.
 *
 * @throws Error if the key value store would have more functions than an update can replace
 */
export function sharedViewerRequest(
  scope: Construct,
  id: string,
  props: ViewerRequestFunctionProps,
): ViewerRequestFunction {
  const others = Stack.of(scope)
    .node.findAll()
    .filter((construct) => construct instanceof ViewerRequestFunction)
    .filter(({ props: { keyValueStore } }) => keyValueStore === props.keyValueStore);
  const script = viewerRequestScript(props.settings);
  const same = others.find(({ props: { settings } }) => viewerRequestScript(settings) === script);
  if (same) return same;
  if (props.keyValueStore && others.length >= MAX_FUNCTIONS_OF_STORE) {
    throw new Error(
      `edgecrop.signing: got ${others.length + 1} path patterns with types of their own, the default one included, ` +
        `allowed: ${MAX_FUNCTIONS_OF_STORE}; patterns without \`types\`, or with the same, share a function`,
    );
  }
  return new ViewerRequestFunction(scope, id, props);
}

/**
 * The script with its settings.
 *
 * @throws Error if it is larger than CloudFront allows
 */
export function viewerRequestScript(settings: FunctionSettings, maxBytes: number = MAX_CODE_BYTES): string {
  const hasSteps = Object.keys(settings.snap).length > 0;
  const name = `${settings.signing ? 'signed' : 'plain'}${hasSteps ? '-steps' : ''}.js`;
  const file = join(builtFunctions().folder, 'viewer-request', name);
  const script = withSettings(readFileSync(file, 'utf8'), settings);
  const bytes = Buffer.byteLength(script);
  if (bytes > maxBytes) {
    throw new Error(
      `the viewer-request function: got ${bytes} bytes, allowed: at most ${maxBytes}; define fewer types or snap steps`,
    );
  }
  return script;
}

/** Declares the settings before everything but imports, which a module has first. */
function withSettings(script: string, settings: FunctionSettings): string {
  const { types, quality, auto, snap, originals, v, typeVersions } = settings;
  const needed = {
    types: Object.fromEntries(
      // No URL has these: the other function draws them.
      Object.entries(types).map(([name, { effort, watermark, sharpen, ...type }]) => [name, type]),
    ),
    ...{ quality, auto, snap, originals, v, typeVersions },
  };
  const imports = /^(?:import[^;]+;)*/.exec(script)?.[0] ?? '';
  const literal = objectLiteral(needed);
  // Types often lock the same parameters: the list is written once.
  const [list] = /(?<=locked:)\[[^\]]+\]/.exec(literal) ?? [];
  const declared =
    list !== undefined && literal.split(list).length > 2
      ? `${SETTINGS_GLOBAL}l=${list},${SETTINGS_GLOBAL}=${literal.replaceAll(list, `${SETTINGS_GLOBAL}l`)}`
      : `${SETTINGS_GLOBAL}=${literal}`;
  return `${imports}const ${declared};${script.slice(imports.length)}`;
}

/** JSON, without quotes around keys that need none: each byte counts. */
function objectLiteral(value: object): string {
  return JSON.stringify(value)
    .replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/([{,])"([A-Za-z]\w*)":/g, '$1$2:');
}
