import { notSameBytes } from '../harness/answers';
import { type Check, differs, type Problem, passUnless } from '../harness/check';
import { notVariant } from '../harness/picture';

/** Parts of a file. */
export const RANGE: readonly Check[] = [
  {
    name: 'range.original',
    about: 'a range of an original is answered 206 with those bytes',
    run: async ({ ask, original, objects }) => {
      const { bytes } = objects.noise;
      const size = bytes.length;
      const problems: Problem[] = [];
      for (const [range, start, end] of [
        ['bytes=0-9', 0, 9],
        ['bytes=1000-1999', 1000, 1999],
        ['bytes=-20', size - 20, size - 1],
      ] as const) {
        const { status, headers, body } = await ask(original('noise'), { headers: { range } });
        problems.push(
          differs(`status of ${range}`, status, 206),
          differs('content-range', headers['content-range'], `bytes ${start}-${end}/${size}`),
          !body.equals(bytes.subarray(start, end + 1)) && `${range}: ${body.length} other bytes`,
        );
      }
      return passUnless(...problems);
    },
  },
  {
    name: 'range.crop',
    about: 'a range of a crop is answered with the whole crop, 200',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&${fresh()}`);
      const whole = await ask(path);
      const ranged = await ask(path, { headers: { range: 'bytes=0-9' } });
      return passUnless(
        ...(await notVariant(ranged, { format: 'jpeg', width: 60, height: 40 })),
        differs('content-range', ranged.headers['content-range'], undefined),
        notSameBytes('with and without Range', whole, ranged),
      );
    },
  },
  {
    name: 'range.crop-miss',
    about: 'a range that comes first leaves no part in the cache',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&${fresh()}`);
      const ranged = await ask(path, { headers: { range: 'bytes=0-9' } });
      const whole = await ask(path);
      return passUnless(
        ...(await notVariant(ranged, { format: 'jpeg', width: 60, height: 40 })),
        ...(await notVariant(whole, { format: 'jpeg', width: 60, height: 40 })),
      );
    },
  },
];
