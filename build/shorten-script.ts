import { minifySync, parseSync, printSync, type Script, type Statement } from '@swc/core';

/**
 * Shortens a script for CloudFront beyond what esbuild does: a function that is used once is put where it is used, and
 * the others become arrow functions, of which the engine has all. Names of properties, the handler's and those of the
 * engine and of synth stay.
 *
 * @param script minified, in what the engine has of the language
 */
export function shortenScript(script: string): string {
  const parsed = parseSync(script, { syntax: 'ecmascript', target: 'es2017' });
  const body = parsed.body.map((statement) => arrowOf(statement as Statement));
  const { code } = printSync({ ...parsed, body } as Script);
  return minifySync(code, {
    module: false,
    toplevel: true,
    compress: { ecma: 2015, passes: 4, toplevel: true, arrows: true, inline: 3, top_retain: ['handler'] },
    mangle: { toplevel: true, reserved: ['handler', '$', 'cf', 'crypto'] },
    format: { ecma: 5, asciiOnly: true },
  } as Parameters<typeof minifySync>[1]).code;
}

/** A function that nothing calls before the script has run to its end. CloudFront finds the handler by its name. */
function arrowOf(statement: Statement): Statement {
  if (statement.type !== 'FunctionDeclaration' || statement.async) return statement;
  const { span, identifier, params, body } = statement;
  if (identifier.value === 'handler' || !body) return statement;
  const arrow = {
    ...{ type: 'ArrowFunctionExpression', span, ctxt: 0, async: false, generator: false },
    params: params.map(({ pat }) => pat),
    body,
  };
  const declarator = { type: 'VariableDeclarator', span, id: identifier, init: arrow, definite: false };
  const declaration = { type: 'VariableDeclaration', span, ctxt: 0, kind: 'var', declare: false };
  return { ...declaration, declarations: [declarator] } as unknown as Statement;
}
