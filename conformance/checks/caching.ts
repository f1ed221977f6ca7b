import { notOriginal, notSameBytes } from '../harness/answers';
import { type Check, differs, fail, type Problem, passUnless, unknown, type Verdict } from '../harness/check';
import { cacheResult } from '../harness/client';
import { notVariant } from '../harness/picture';

/** Without X-Cache a server may still be seen to answer wrongly, but not to answer from a cache. */
function unlessUnseen(...problems: readonly Problem[]): Verdict {
  const verdict = passUnless(...problems);
  return verdict.kind === 'fail' ? verdict : unknown('the answers have no X-Cache');
}

/** One picture, one entry. */
export const CACHING: readonly Check[] = [
  {
    name: 'caching.spellings',
    about: 'ten spellings of one crop are one miss and nine hits',
    run: async ({ ask, original, fresh }) => {
      const point = fresh();
      const path = original('compass');
      // `%6Fmpass` is `ompass`: a path has as many spellings as a query.
      const escaped = path.replace('compass', 'c%6Fmpass');
      const spellings = [
        `${path}?t=A&w=120&h=80&format=webp&${point}`,
        `${path}?${point}&h=80&w=120&format=webp&t=A`,
        `${path}?t=A&w=0120&h=80&format=webp&${point}`,
        `${path}?t=A&w=120&h=80&format=WEBP&${point}`,
        `${path}?t=A&w=120&h=80&format=webp&quality=75&${point}`,
        `${path}?t=A&w=60&h=40&dpr=2&format=webp&${point}`,
        `${path}?t=%41&w=120&h=80&format=webp&utm_source=mail&${point}`,
        `${path}?t=A&w=120&h=80&format=webp&fit=cover&${point}`,
        `${path}?t=A&w=120&h=80&format=webp&v=00000000&quality=&${point}`,
        `${escaped}?t=A&w=120&h=80&format=webp&dpr=1.0&${point}`,
      ];
      const answers = [];
      for (const spelling of spellings) answers.push(await ask(spelling));
      const [first] = answers;
      if (first === undefined || first.status !== 200) return fail(`status: ${first?.status}`);
      const results = answers.map(cacheResult);
      const other = answers.map((answer) => notSameBytes('two spellings', first, answer));
      if (results.includes(undefined)) return unlessUnseen(...other);
      return passUnless(
        differs('X-Cache', results.join(' '), ['Miss', ...Array(9).fill('Hit')].join(' ')),
        ...other,
      );
    },
  },
  {
    name: 'caching.same-bytes',
    about: 'a hit has the bytes, the type and the validators of the miss',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&format=webp&${fresh()}`);
      const miss = await ask(path);
      const hit = await ask(path);
      const wrong = await notVariant(miss, { format: 'webp', width: 60, height: 40 });
      if (cacheResult(hit) === undefined)
        return unlessUnseen(...wrong, notSameBytes('first and second', miss, hit));
      return passUnless(
        ...wrong,
        differs('X-Cache of the second', cacheResult(hit), 'Hit'),
        notSameBytes('miss and hit', miss, hit),
        ...['content-type', 'etag', 'last-modified', 'cache-control', 'crop-status'].map((name) =>
          differs(`${name} of the hit`, hit.headers[name], miss.headers[name]),
        ),
      );
    },
  },
  {
    name: 'caching.dpr',
    about: "`dpr` is folded: a crop at dpr=2 is the doubled size's entry",
    run: async ({ ask, crop, fresh }) => {
      const point = fresh();
      const doubled = await ask(crop('compass', `w=120&h=80&${point}`));
      const folded = await ask(crop('compass', `w=60&h=40&dpr=2&${point}`));
      return passUnless(
        ...(await notVariant(folded, { format: 'jpeg', width: 120, height: 80 })),
        cacheResult(folded) !== undefined && differs('X-Cache', cacheResult(folded), 'Hit'),
        notSameBytes('w=120 and w=60&dpr=2', doubled, folded),
      );
    },
  },
  {
    name: 'caching.original-once',
    about: 'an original is cached once, whatever its query says',
    run: async ({ ask, original, objects, fresh }) => {
      const path = original('tiny');
      const plain = await ask(path);
      const queried = await ask(`${path}?w=10&format=bmp&anything=${fresh()}`);
      const wrong = [...notOriginal(plain, objects.tiny), ...notOriginal(queried, objects.tiny)];
      if (cacheResult(queried) === undefined) return unlessUnseen(...wrong);
      return passUnless(...wrong, differs('X-Cache of a query that nobody had', cacheResult(queried), 'Hit'));
    },
  },
];
