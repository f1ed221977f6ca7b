import { notOriginal } from '../harness/answers';
import { type Check, type Problem, passUnless, unknown } from '../harness/check';
import { notVariant } from '../harness/picture';

/** What CloudFront takes from a function, headers included. */
const LIMIT = 1_048_576;

/** The limit of a function's answer. */
export const SIZE: readonly Check[] = [
  {
    name: 'size.variant',
    about: 'a variant that would pass 1 MB comes smaller, and is a picture',
    run: async ({ ask, crop, fresh }) => {
      const problems: Problem[] = [];
      for (const format of ['jpeg', 'png'] as const) {
        const answer = await ask(crop('noise', `w=1000&h=500&format=${format}&quality=100&${fresh()}`));
        const isRendered = answer.headers['crop-status']?.startsWith('rendered;') ?? false;
        if (isRendered && answer.body.length > LIMIT) {
          return unknown(
            `this deployment sends ${answer.body.length} bytes; only the self-hosted edge may (--body-limit)`,
          );
        }
        problems.push(
          ...(await notVariant(answer, { format })),
          !isRendered && `crop-status: ${answer.headers['crop-status'] ?? 'none'}`,
        );
      }
      return passUnless(...problems);
    },
  },
  {
    name: 'size.original',
    about: 'an original over 1 MB comes whole',
    run: async ({ ask, original, objects }) =>
      passUnless(
        objects.noise.bytes.length <= LIMIT && 'the test object is too small itself',
        ...notOriginal(await ask(original('noise')), objects.noise),
      ),
  },
];
