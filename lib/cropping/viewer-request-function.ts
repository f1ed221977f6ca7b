import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Function as CloudFrontFunction,
  FunctionCode,
  FunctionRuntime,
  type IKeyValueStore,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import type { FunctionSettings } from '../../lambda/contract/settings';
import { SETTINGS_MODULE } from './settings-file';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const MAX_CODE_BYTES = 10_240;

/**
 * What the engine of cloudfront-js-2.0 has beyond ES5. esbuild lowers the rest, and refuses what it cannot
 * lower (destructuring above all), which is the only check of it that there is before a deploy.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
const ENGINE = {
  arrow: true,
  'const-and-let': true,
  'template-literal': true,
  'async-await': true,
};

/** The engine's own modules, which only checking a signature needs. */
const SIGNING = {
  banner: { js: "import cf from'cloudfront';import crypto from'crypto';" },
  footer: { js: 'async function handler(event){return edgecrop.handler(event)}' },
};

export interface ViewerRequestFunctionProps {
  /** The file that {@link writeSettingsFile} wrote. */
  readonly settingsFile: string;
  /**
   * The store with the keys that URLs are signed with.
   *
   * @default - none: the settings want no signatures
   */
  readonly keyValueStore?: IKeyValueStore;
}

/** The function in front of the cache. */
export class ViewerRequestFunction extends CloudFrontFunction {
  constructor(scope: Construct, id: string, props: ViewerRequestFunctionProps) {
    super(scope, id, {
      comment: 'edgecrop: one cache entry for each crop',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(bundleViewerRequest(props.settingsFile)),
      ...(props.keyValueStore && { keyValueStore: props.keyValueStore }),
    });
  }
}

/**
 * Bundles the function into the one script that CloudFront takes.
 *
 * @throws Error where it is larger than CloudFront takes
 */
export function bundleViewerRequest(settingsFile: string, maxBytes: number = MAX_CODE_BYTES): string {
  const { signing } = JSON.parse(readFileSync(settingsFile, 'utf8')) as FunctionSettings;
  const [script] = buildSync({
    entryPoints: [join(__dirname, '../../lambda/viewer-request', signing ? 'signed.ts' : 'index.ts')],
    bundle: true,
    minify: true,
    write: false,
    charset: 'ascii',
    platform: 'neutral',
    // CloudFront calls a global `handler` and knows no `export`.
    format: 'iife',
    globalName: 'edgecrop',
    footer: { js: 'function handler(event){return edgecrop.handler(event)}' },
    ...(signing && SIGNING),
    target: 'es5',
    supported: ENGINE,
    alias: { [SETTINGS_MODULE]: settingsFile },
  }).outputFiles;
  const code = script?.text ?? '';
  const bytes = Buffer.byteLength(code);
  if (bytes > maxBytes) {
    throw new Error(
      `the viewer-request function: got ${bytes} bytes, allowed: at most ${maxBytes}; ` +
        'name fewer types or steps under edgecrop in cdk.json',
    );
  }
  return code;
}
