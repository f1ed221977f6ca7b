import { type ModuleItem, minifySync, parseSync, printSync, type Statement } from '@swc/core';

/**
 * Shortens a script for CloudFront beyond what esbuild does: a function that is used once is put where it is used, and
 * the others become arrow functions. Async functions stay as they are: their engine allows `await` in few places.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 *
 * @param script minified, in what the engine has of the language
 */
export function shortenScript(script: string): string {
  const parsed = parseSync(script, { syntax: 'ecmascript', target: 'es2017' });
  const isAsync = (item: ModuleItem) => item.type === 'FunctionDeclaration' && item.async;
  const asyncs = parsed.body.filter(isAsync);
  const others = parsed.body.filter((item) => !isAsync(item)).map((item) => arrowOf(item as Statement));
  const print = (body: ModuleItem[]) => printSync({ ...parsed, body }, { minify: true }).code;
  const declared = new Set(identifiersIn(others));
  // What the async functions and CloudFront call by name keeps it.
  const kept = [...new Set(['handler', ...identifiersIn(asyncs)])].filter((name) => declared.has(name));
  // A call with all of it, so that no part of it is taken for unused; it is cut off again.
  const call = `${KEEP}(${kept.join(',')})`;
  const { code } = minifySync(`${print(others)};${call};`, {
    module: false,
    toplevel: true,
    compress: { ecma: 2015, passes: 4, toplevel: true, arrows: true, inline: 3, top_retain: kept },
    mangle: { toplevel: true, reserved: [...kept, KEEP, '$', 'cf', 'crypto'] },
    format: { ecma: 5, asciiOnly: true },
  } as Parameters<typeof minifySync>[1]);
  const at = code.lastIndexOf(KEEP);
  if (at < 0) throw new Error(`a viewer-request script: got no ${KEEP}; ends in ${code.slice(-60)}`);
  return `${code.slice(0, at)}${print(asyncs)}`;
}

/** A function that does not exist. */
const KEEP = '__keep';

/** A function that nothing calls before the script has run to its end. */
function arrowOf(statement: Statement): Statement {
  if (statement.type !== 'FunctionDeclaration' || statement.identifier.value === 'handler') return statement;
  const { span, identifier, params, body } = statement;
  if (!body) return statement;
  const arrow = {
    ...{ type: 'ArrowFunctionExpression', span, ctxt: 0, async: false, generator: false },
    params: params.map(({ pat }) => pat),
    body,
  };
  const declarator = { type: 'VariableDeclarator', span, id: identifier, init: arrow, definite: false };
  const declaration = { type: 'VariableDeclaration', span, ctxt: 0, kind: 'var', declare: false };
  return { ...declaration, declarations: [declarator] } as unknown as Statement;
}

function identifiersIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(identifiersIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value } = node as { readonly type?: unknown; readonly value?: unknown };
  const own = type === 'Identifier' && typeof value === 'string' ? [value] : [];
  return [...own, ...Object.values(node).flatMap(identifiersIn)];
}
