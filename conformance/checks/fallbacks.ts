import { isStandIn, notOriginal } from '../harness/answers';
import { type Check, differs, passUnless, unknown, type Verdict } from '../harness/check';
import { type Answer, cacheResult } from '../harness/client';
import type { Context } from '../harness/context';
import { notVariant } from '../harness/picture';

/** A picture that does not decode, and one that is not there. */
export const FALLBACKS: readonly Check[] = [
  onFallback('fallbacks.body', 'a truncated JPEG comes as it is stored, not as a 502', (answer, context) =>
    passUnless(...notOriginal(answer, context.objects.truncated)),
  ),
  onFallback('fallbacks.status', '`crop-status` tells why', (answer) =>
    passUnless(differs('crop-status', answer.headers['crop-status'], 'original;reason=undecodable')),
  ),
  onFallback('fallbacks.cache-control', 'it is kept for an hour, not longer', (answer) => {
    const control = answer.headers['cache-control'];
    return passUnless(!/\bmax-age=3600\b/.test(control ?? '') && `cache-control: ${control ?? 'none'}`);
  }),
  onFallback('fallbacks.validators', 'it has no validators: a 304 would keep it alive for ever', (answer) =>
    passUnless(
      differs('etag', answer.headers.etag, undefined),
      differs('last-modified', answer.headers['last-modified'], undefined),
    ),
  ),
  onFallback(
    'fallbacks.cached',
    'the second viewer gets it from the cache',
    async (answer, context, path) => {
      const again = await context.ask(path);
      if (cacheResult(again) === undefined) return unknown('the answers have no X-Cache');
      return passUnless(
        differs('X-Cache', cacheResult(again), 'Hit'),
        differs('crop-status of the hit', again.headers['crop-status'], answer.headers['crop-status']),
      );
    },
  ),
  {
    name: 'fallbacks.missing',
    about: 'the picture for missing objects has the size of the crop, a minute in caches and no validators',
    run: async ({ ask, prefix, fresh }) => {
      const answer = await ask(`/${prefix}nobody-has-put-this.jpg?t=A&w=6&h=4&format=png&${fresh()}`);
      if (!isStandIn(answer)) return unknown('this deployment has none (`missing`)');
      return passUnless(
        answer.status !== 404 && differs('status', answer.status, 200),
        ...(await notVariant({ ...answer, status: 200 }, { format: 'png', width: 6, height: 4 })),
        differs('cache-control', answer.headers['cache-control'], 'public, max-age=60'),
        differs('etag', answer.headers.etag, undefined),
        differs('last-modified', answer.headers['last-modified'], undefined),
      );
    },
  },
];

type Judge = (answer: Answer, context: Context, path: string) => Verdict | Promise<Verdict>;

function onFallback(name: string, about: string, judge: Judge): Check {
  return {
    name,
    about,
    run: async (context) => {
      const path = context.crop('truncated', `w=60&h=60&${context.fresh()}`);
      const answer = await context.ask(path);
      if (answer.headers['crop-status']?.startsWith('error;')) {
        return unknown("this deployment answers errors in place of originals (`onFailure: 'error'`)");
      }
      return judge(answer, context, path);
    },
  };
}
