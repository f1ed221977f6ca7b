import { createErrorResponse } from '../http/error-response';
import type { RequestHandler } from '../http/http-types';
import type { Behavior, EdgeAssembly, UnsupportedBehavior } from './behavior';
import { matchesPattern, normalisedPath } from './path-pattern';

/** Passes each request to the first behaviour whose pattern matches its path. */
export function createBehaviorRouter(
  { behaviors }: EdgeAssembly,
  createHandler: (behavior: Behavior) => RequestHandler,
): RequestHandler {
  const findRoute = createFinder(
    behaviors.map((behavior) => ({
      pathPattern: behavior.pathPattern,
      handleRequest: 'unsupported' in behavior ? createUnsupportedHandler(behavior) : createHandler(behavior),
    })),
  );
  return async (request) => findRoute(request.uri).handleRequest(request);
}

/** Returns the URL path that serves an object key; undefined if no path does. */
export type PathOfKey = (key: string) => string | undefined;

/**
 * Creates the inverse of routing: from an object key to the path of a URL.
 *
 * @param candidates the behaviours whose buckets may hold the key
 */
export function createPathFinder({ behaviors }: EdgeAssembly, candidates: readonly Behavior[]): PathOfKey {
  const findBehavior = createFinder(behaviors);
  return (key) => {
    const object = `/${key}`;
    for (const behavior of candidates) {
      const { originPath } = behavior.origin;
      if (!object.startsWith(`${originPath}/`)) continue;
      const path = object.slice(originPath.length).split('/').map(encodeURIComponent).join('/');
      if (findBehavior(path) === behavior) return path;
    }
    return undefined;
  };
}

/** Finds the first item whose pattern matches; the last one, the default behaviour, matches everything. */
function createFinder<T extends { readonly pathPattern: string }>(items: readonly T[]): (uri: string) => T {
  const patterned = items.slice(0, -1);
  const last = items.at(-1);
  if (!last) throw new Error('the assembly has no behaviours');
  if (patterned.length === 0) return () => last;
  return (uri) => {
    const path = normalisedPath(uri);
    return patterned.find(({ pathPattern }) => matchesPattern(pathPattern, path)) ?? last;
  };
}

function createUnsupportedHandler({ unsupported }: UnsupportedBehavior): RequestHandler {
  const { headers, ...response } = createErrorResponse(501, unsupported);
  return async () => ({
    ...response,
    headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'x-cache': 'Error from edgecrop' },
    body: Buffer.from(`${unsupported}\n`),
    contentLength: undefined,
  });
}
