import { notOriginal } from '../harness/answers';
import { type Check, differs, passUnless } from '../harness/check';
import type { Context } from '../harness/context';
import { notVariant } from '../harness/picture';
import type { ObjectName } from '../objects/objects';

/** Names of objects, in the spellings that viewers send. */
export const KEYS: readonly Check[] = [
  named('keys.plus', 'plus', 'a plus sign in a key, sent as `%2B`', ({ original }) => original('plus')),
  named('keys.space', 'space', 'a space in a key, sent as `%20`', ({ original }) => original('space')),
  named('keys.plus-is-space', 'space', 'a space in a key, sent as `+`, which S3 takes for one', (context) =>
    context.original('space').replace('%20', '+'),
  ),
  named('keys.korean', 'koreanNfc', 'a Korean key (NFC)', ({ original }) => original('koreanNfc')),
  named('keys.korean-decomposed', 'koreanNfd', 'a Korean key as a Mac writes it (NFD)', ({ original }) =>
    original('koreanNfd'),
  ),
  {
    name: 'keys.slash',
    about: 'a slash that is sent as `%2F` is refused: it would lead past the path patterns',
    run: async ({ ask, original }) => {
      const path = `${original('tiny').replace(/\//g, '%2F').replace('%2F', '/')}%2F`;
      const answers = [await ask(path), await ask(`${path}?t=A&w=20&h=20`)];
      return passUnless(...answers.map(({ status }) => differs('status', status, 400)));
    },
  },
  named('keys.lower-case-escapes', 'koreanNfc', 'escapes in lower case', ({ original }) =>
    original('koreanNfc').replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
  ),
];

function named(name: string, object: ObjectName, about: string, path: (context: Context) => string): Check {
  return {
    name,
    about: `${about}: the original and its crop`,
    run: async (context) => {
      const { ask, objects, fresh } = context;
      const stored = await ask(path(context));
      const cropped = await ask(`${path(context)}?t=A&w=20&h=20&format=webp&${fresh()}`);
      return passUnless(
        ...notOriginal(stored, objects[object]).map((problem) => problem && `original: ${problem}`),
        ...(await notVariant(cropped, { format: 'webp', width: 20, height: 20 })).map(
          (problem) => problem && `crop: ${problem}`,
        ),
      );
    },
  };
}
