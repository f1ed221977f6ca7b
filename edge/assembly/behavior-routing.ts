import type { Distribution } from '../distribution';
import { createErrorResponse } from '../http/error-response';
import type { Behavior, EdgeAssembly, UnservedBehavior } from './assembly';
import { createPathMatcher } from './path-pattern';

/** Hands every request to the first behaviour whose pattern its path matches, as it was sent. */
export function createBehaviors(
  { behaviors }: EdgeAssembly,
  create: (behavior: Behavior) => Distribution,
): Distribution {
  const find = createFinder(
    behaviors.map((behavior) => ({
      pathPattern: behavior.pathPattern,
      distribution: 'unserved' in behavior ? createUnserved(behavior) : create(behavior),
    })),
  );
  return { handle: async (request) => find(request.uri).distribution.handle(request) };
}

/**
 * Tells the path of a URL that reads a key.
 *
 * @param wanted the behaviours among whose buckets the key may be
 */
export function createPathFinder({ behaviors }: EdgeAssembly, wanted: readonly Behavior[]) {
  const find = createFinder(behaviors);
  return (key: string): string | undefined => {
    const object = `/${key}`;
    for (const behavior of wanted) {
      const { originPath } = behavior.origin;
      if (!object.startsWith(`${originPath}/`)) continue;
      const path = object.slice(originPath.length).split('/').map(encodeURIComponent).join('/');
      if (find(path) === behavior) return path;
    }
    return undefined;
  };
}

/** The first whose pattern a path matches; the default behaviour, which is the last, takes all. */
function createFinder<T extends { readonly pathPattern: string }>(items: readonly T[]): (uri: string) => T {
  const routes = items.map((item) => ({ item, matches: createPathMatcher(item.pathPattern) }));
  const last = items.at(-1);
  if (!last) throw new Error('an assembly without behaviours');
  return (uri) => routes.find(({ matches }) => matches(uri))?.item ?? last;
}

/** Answers that the edge does not serve these paths. */
function createUnserved({ unserved }: UnservedBehavior): Distribution {
  const { headers, ...response } = createErrorResponse(501, unserved);
  return {
    handle: async () => ({
      ...response,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'x-cache': 'Error from edgecrop' },
      body: Buffer.from(`${unserved}\n`),
      contentLength: undefined,
    }),
  };
}
