import { distance } from 'fastest-levenshtein';

const KEY = 'edgecrop';

/**
 * What the CDK's context says about this app: `edgecrop` of `cdk.json`, with that of `cdk -c edgecrop=…` merged
 * over it key by key, as in a JSON Merge Patch: null removes a key, a list replaces the one before.
 * https://www.rfc-editor.org/rfc/rfc7396
 *
 * @param context all of it, in which the command line has replaced what `cdk.json` says
 * @param file the parsed `cdk.json`
 * @throws Error if a key of the context looks like a misspelt `edgecrop`, or its value is not JSON
 */
export function readContext(context: Readonly<Record<string, unknown>>, file: unknown): unknown {
  for (const key of Object.keys(context)) refuseMisspelt(key);
  const given = context[KEY];
  if (typeof given !== 'string') return given;
  const inFile = isRecord(file) && isRecord(file.context) ? file.context[KEY] : undefined;
  return merge(inFile, parse(given));
}

function refuseMisspelt(key: string): void {
  if (key === KEY || !(key.startsWith(KEY) || distance(key.toLowerCase(), KEY) <= 2)) return;
  throw new Error(
    `context ${key}: got a key that is not read, allowed: ${KEY}, with JSON, as in -c ${KEY}='{"quality":75}'`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `${KEY}: got ${JSON.stringify(text).slice(0, 80)}, allowed: a JSON object, as in -c ${KEY}='{"quality":75}'`,
    );
  }
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
