import { type Check, differs, fail, type Problem, passUnless, unknown } from '../harness/check';
import type { Context } from '../harness/context';
import { notColoured, notVariant, pixelAt, readMetadata } from '../harness/picture';
import { COMPASS } from '../objects/draw';

type Corner = keyof typeof COMPASS;

/** What is done to a picture beside scaling it. */
export const OPERATIONS: readonly Check[] = [
  {
    name: 'operations.rotate',
    about: '`rotate` turns the upright picture clockwise, and the box is of the turned one',
    run: (context) =>
      laid(context, 'w=40&h=60&rotate=90', [40, 60], ['southwest', 'northwest', 'southeast', 'northeast']),
  },
  {
    name: 'operations.flip',
    about: '`flip` mirrors it after `rotate`',
    run: async (context) => {
      const { ask, crop } = context;
      const first = await laid(
        context,
        'w=60&h=40&flip=h',
        [60, 40],
        ['northeast', 'northwest', 'southeast', 'southwest'],
      );
      if (first.kind !== 'pass') return first;
      const both = await ask(crop('compass', 'w=61&h=41&flip=hv'));
      const turned = await ask(crop('compass', 'w=61&h=41&rotate=180'));
      return passUnless(!both.body.equals(turned.body) && '`flip=hv` is not `rotate=180`');
    },
  },
  {
    name: 'operations.rect',
    about: '`rect` is what is cropped from, in fractions of the upright picture',
    run: (context) =>
      laid(
        context,
        'w=30&h=30&rect=0.5,0,0.5,0.5',
        [30, 30],
        ['northeast', 'northeast', 'northeast', 'northeast'],
      ),
  },
  {
    name: 'operations.background',
    about: '`background` is under a clear picture as JPEG, and around a padded one',
    run: async ({ ask, crop }) => {
      const under = await ask(crop('alpha', 'w=60&h=60&format=jpeg&background=f00'));
      const around = await ask(crop('compass', 'w=60&h=60&fit=contain&background=0000ff'));
      const clear = await ask(crop('compass', 'w=60&h=60&fit=contain&format=png&background=transparent'));
      if ([under, around, clear].some(({ status }) => status !== 200)) return fail('no picture');
      return passUnless(
        await notColoured('under', under, [2, 2], [255, 0, 0]),
        await notColoured('around', around, [30, 4], [0, 0, 255]),
        differs('alpha around', (await pixelAt(clear, 30, 4))[3], 0),
      );
    },
  },
  {
    name: 'operations.blur',
    about: '`blur` mixes the colours at the middle of the compass, and leaves its corners',
    run: async ({ ask, crop }) => {
      const answer = await ask(crop('compass', 'w=90&h=60&format=png&blur=6'));
      const problems: Problem[] = [...(await notVariant(answer, { format: 'png', width: 90, height: 60 }))];
      if (problems.some(Boolean)) return passUnless(...problems);
      const [left, right] = [await pixelAt(answer, 42, 10), await pixelAt(answer, 48, 10)];
      const apart = Math.max(...left.map((value, i) => Math.abs(value - (right[i] ?? 0))));
      return passUnless(
        await notColoured('north-west', answer, [5, 5], COMPASS.northwest),
        apart > 120 && `north is not blurred: rgb(${left.join(' ')}) beside rgb(${right.join(' ')})`,
      );
    },
  },
  {
    name: 'operations.trim',
    about: '`trim` cuts a border of one colour before everything else',
    run: async ({ ask, crop }) => {
      // A disc of 80 pixels on clear ground of 120.
      const answer = await ask(crop('alpha', 'trim=10&format=png'));
      const metadata = await readMetadata(answer);
      if (metadata === undefined) return fail(`status: ${answer.status}`);
      const isCut = Math.abs(metadata.width - 80) <= 2 && Math.abs(metadata.height - 80) <= 2;
      return passUnless(!isCut && `size: got ${metadata.width}x${metadata.height}, expected 80x80`);
    },
  },
  {
    name: 'operations.animated',
    about: '`animated=false` makes a still, `rotate` turns each frame',
    run: async ({ ask, crop }) => {
      const still = await readMetadata(await ask(crop('animation', 'w=20&h=20&animated=false')));
      const turned = await readMetadata(await ask(crop('animation', 'w=20&h=20&rotate=90')));
      return passUnless(
        differs('frames of a still', still?.pages ?? 1, 1),
        differs('frames of a turned one', turned?.pages, 4),
      );
    },
  },
  {
    name: 'operations.download',
    about: "`download` saves under the object's name with the variant's extension",
    run: async ({ ask, crop }) => {
      const answer = await ask(crop('compass', 'w=20&h=20&format=webp&download=true'));
      return passUnless(
        differs(
          'content-disposition',
          answer.headers['content-disposition'],
          'attachment; filename="compass.webp"',
        ),
      );
    },
  },
  {
    name: 'operations.misspelt',
    about: 'a name that is almost a parameter is refused, and others are passed over',
    run: async ({ ask, askUnsigned, crop }) => {
      if (askUnsigned) return unknown('servers write signed URLs, so there are no hints');
      const near = await ask(crop('compass', 'W=20'));
      const far = await ask(crop('compass', 'w=20&h=20&utm_source=x'));
      return passUnless(
        differs('status', near.status, 400),
        differs('line', near.body.toString(), '"W": no such parameter, did you mean w?\n'),
        differs('status of another', far.status, 200),
      );
    },
  },
];

/** A crop of the compass whose corners have these colours, from the upper left in reading order. */
async function laid(
  { ask, crop }: Context,
  query: string,
  [width, height]: readonly [number, number],
  corners: readonly [Corner, Corner, Corner, Corner],
) {
  const answer = await ask(crop('compass', query));
  const problems: Problem[] = [...(await notVariant(answer, { format: 'jpeg', width, height }))];
  if (problems.some(Boolean)) return passUnless(...problems);
  const places = [
    [4, 4],
    [width - 5, 4],
    [4, height - 5],
    [width - 5, height - 5],
  ] as const;
  for (const [i, place] of places.entries()) {
    const corner = corners[i] as Corner;
    problems.push(await notColoured(`corner ${i + 1} as ${corner}`, answer, place, COMPASS[corner]));
  }
  return passUnless(...problems);
}
