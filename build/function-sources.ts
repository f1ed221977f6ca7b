import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

export const PROJECT = join(__dirname, '..');

const LAMBDA = join(PROJECT, 'lambda');

/** A bundle for Lambda. The same file runs on a developer's machine. */
function lambdaBundle(entry: string, outfile: string) {
  return {
    entryPoints: [join(LAMBDA, entry)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Without these the SDK's CommonJS build is chosen, whose `require` fails inside an ES module.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    external: ['sharp'],
  } satisfies BuildOptions;
}

/**
 * What the engine of cloudfront-js-2.0 has beyond ES5. esbuild lowers the rest, and refuses what it cannot lower,
 * above all destructuring. There is no other check before a deploy.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
const ENGINE = {
  arrow: true,
  'const-and-let': true,
  'template-literal': true,
  'async-await': true,
};

/**
 * Properties that no event, setting or engine function has, so that they can be shortened: those of the table's
 * rows, of refusals and of what was asked for.
 */
const OWN_PROPERTIES =
  /^(?:name|kind|words|alias|aliases|internal|unit|step|parts|bad|parameter|allowed|path|pairs|raw|readKey|hmac)$/;

/** A script for CloudFront, with or without the code that snaps to steps. As an ES module its functions are at the top level, without a wrapper. */
function viewerRequestScript(entry: string, outfile: string, hasSteps: boolean) {
  return {
    entryPoints: [join(LAMBDA, 'viewer-request', entry)],
    outfile,
    bundle: true,
    minify: true,
    charset: 'ascii',
    platform: 'neutral',
    format: 'esm',
    target: 'es5',
    supported: ENGINE,
    mangleProps: OWN_PROPERTIES,
    define: { HAS_STEPS: String(hasSteps), HAS_HINTS: String(entry === 'index.ts') },
  } satisfies BuildOptions;
}

/** The code whose changes change pixels, for `v`. */
export const DRAWING: BuildOptions = {
  ...lambdaBundle('origin-response/version-inputs.ts', 'drawing.mjs'),
  minify: false,
};

/** Everything that is bundled, by its place in the folder of built functions. */
export const BUNDLES = {
  originResponse: lambdaBundle('origin-response/index.ts', 'origin-response/index.mjs'),
  invalidate: lambdaBundle('invalidate/index.ts', 'invalidate/index.mjs'),
  logGroups: lambdaBundle('log-groups/index.ts', 'log-groups/index.mjs'),
  plain: viewerRequestScript('index.ts', 'viewer-request/plain.js', false),
  plainSteps: viewerRequestScript('index.ts', 'viewer-request/plain-steps.js', true),
  signed: viewerRequestScript('signed.ts', 'viewer-request/signed.js', false),
  signedSteps: viewerRequestScript('signed.ts', 'viewer-request/signed-steps.js', true),
};
