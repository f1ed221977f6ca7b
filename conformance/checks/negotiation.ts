import { type Check, differs, type Problem, passUnless } from '../harness/check';
import { cacheResult } from '../harness/client';
import { notVariant, readMetadata } from '../harness/picture';

type Format = 'jpeg' | 'webp' | 'avif';

/** `format=auto`. */
export const NEGOTIATION: readonly Check[] = [
  negotiates('negotiation.auto', 'auto is the best that the viewer names', [
    ['image/avif,image/webp,*/*;q=0.8', 'avif'],
    ['image/webp,*/*', 'webp'],
    ['*/*', 'jpeg'],
    ['image/png,image/svg+xml', 'jpeg'],
  ]),
  negotiates('negotiation.q-zero', 'what the viewer refuses with `q=0` it does not get', [
    ['image/avif;q=0,image/webp', 'webp'],
    ['image/avif;q=0,image/webp;q=0,*/*', 'jpeg'],
    ['image/avif;q=0.5,image/webp;q=0.9', 'webp'],
  ]),
  {
    name: 'negotiation.shared',
    about: 'viewers who take the same share an entry, and nobody gets what they cannot show',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&format=auto&${fresh()}`);
      const first = await ask(path, { headers: { accept: 'image/avif,image/webp,image/apng,*/*' } });
      const plain = await ask(path, { headers: { accept: '*/*' } });
      const second = await ask(path, { headers: { accept: 'image/webp,image/avif' } });
      return passUnless(
        ...(await notVariant(first, { format: 'avif' })),
        ...(await notVariant(plain, { format: 'jpeg' })),
        ...(await notVariant(second, { format: 'avif' })),
        cacheResult(plain) === 'Hit' && 'the viewer without AVIF got a hit',
        cacheResult(second) !== undefined && differs('X-Cache', cacheResult(second), 'Hit'),
      );
    },
  },
  {
    name: 'negotiation.animation',
    about: 'an animation is never negotiated to a still',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('animation', `w=30&h=30&format=auto&${fresh()}`);
      const webp = await ask(path, { headers: { accept: 'image/avif,image/webp' } });
      const gif = await ask(path, { headers: { accept: '*/*' } });
      return passUnless(
        ...(await notVariant(webp, { format: 'webp' })),
        ...(await notVariant(gif, { format: 'gif' })),
        differs('frames', (await readMetadata(webp))?.pages, 4),
        differs('frames', (await readMetadata(gif))?.pages, 4),
      );
    },
  },
];

function negotiates(name: string, about: string, cases: readonly (readonly [string, Format])[]): Check {
  return {
    name,
    about,
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&format=auto&${fresh()}`);
      const problems: Problem[] = [];
      for (const [accept, format] of cases) {
        const answer = await ask(path, { headers: { accept } });
        const wrong = await notVariant(answer, { format, width: 60, height: 40 });
        problems.push(...wrong.map((problem) => problem && `accept "${accept}": ${problem}`));
      }
      return passUnless(...problems);
    },
  };
}
