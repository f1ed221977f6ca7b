/** The engine's own modules, which only the check of a signature uses. */
const ENGINE_MODULES = "import cf from'cloudfront';import crypto from'crypto';";

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
  const script = body.replace(declaration, 'function handler(').trim();
  return script.includes('cf.kvs()') ? `${ENGINE_MODULES}${script}` : script;
}
