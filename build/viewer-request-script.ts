import { shortenScript } from './shorten-script';

/** The engine's own modules, which only the check of a signature uses. */
const ENGINE_MODULES = "import cf from'cloudfront';import crypto from'crypto';";

/** A name that no minifier chooses. */
const UNDEFINED = 'u_';

/**
 * Makes a script for CloudFront of an ES module: CloudFront calls a global `handler` and knows no `export`.
 *
 * @param module ends in `export{x as handler};`
 */
export function toScript(module: string): string {
  const [, body = '', name = ''] = /^([\s\S]*?)export\{(\S+) as handler\};\s*$/.exec(module) ?? [];
  const declaration = `function ${name}(`;
  if (name === '' || body.split(declaration).length !== 2) {
    throw new Error(
      `a viewer-request script: got no exported function handler; ends in ${module.slice(-60)}`,
    );
  }
  const script = shortenKinds(
    shortenUndefined(shortenScript(body.replace(declaration, 'function handler('))),
  );
  return script.includes('cf.kvs()') ? `${ENGINE_MODULES}${script}` : script;
}

/** Kinds of parameters that are words of nothing else. */
const KINDS = { integer: 'i', decimal: 'd', colour: 'c', flag: 'f', word: 'w' } as const;

/** The kind of a row is compared and never shown. */
function shortenKinds(script: string): string {
  return Object.entries(KINDS).reduce(
    (text, [kind, short]) =>
      text.replace(new RegExp(`(:|===)"${kind}"|"${kind}"(===)`, 'g'), `$1"${short}"$2`),
    script,
  );
}

/** esbuild writes `undefined` as `void 0`, some forty times. A variable without a value is shorter. */
function shortenUndefined(script: string): string {
  if (script.includes(UNDEFINED)) throw new Error(`a viewer-request script: got a name ${UNDEFINED}`);
  return `var ${UNDEFINED};${script.replace(/\bvoid 0\b/g, UNDEFINED)}`;
}
