import { isStandIn } from '../harness/answers';
import { type Check, differs, fail, type Problem, passUnless } from '../harness/check';
import type { Answer } from '../harness/client';
import { notVariant } from '../harness/picture';

interface Refusal {
  readonly parameter: string;
  /** What is not allowed, as query and as it stands in the answer. */
  readonly bad: string;
  readonly got: string;
  /** The end of the line. */
  readonly allowed: string;
  /** The same question, rightly asked. */
  readonly good: string;
}

const PIXELS = 'a whole number from 1 to 4096 (pixels)';

/** Spelled out and not imported: what a deployment answers is held against the contract, not the code. */
const REFUSALS: readonly Refusal[] = [
  { parameter: 'w', bad: 'w=4097&h=40', got: '4097', allowed: PIXELS, good: 'w=60&h=40' },
  { parameter: 'h', bad: 'w=60&h=0', got: '0', allowed: PIXELS, good: 'w=60&h=40' },
  {
    parameter: 'format',
    bad: 'w=60&h=40&format=bmp',
    got: 'bmp',
    allowed: 'one of jpeg, png, webp, avif, auto, json, jpg',
    good: 'w=60&h=40&format=jpg',
  },
  {
    parameter: 'quality',
    bad: 'w=60&h=40&quality=101',
    got: '101',
    allowed: "a whole number from 1 to 100 (on JPEG's scale)",
    good: 'w=60&h=40&quality=70',
  },
  {
    parameter: 'fit',
    bad: 'w=60&h=40&fit=fill',
    got: 'fill',
    allowed: 'one of cover, contain, inside',
    good: 'w=60&h=40&fit=inside',
  },
  {
    parameter: 'position',
    bad: 'w=60&h=40&position=up',
    got: 'up',
    allowed:
      'one of centre, north, northeast, east, southeast, south, southwest, west, northwest, attention, ' +
      'entropy, or a point x,y with numbers from 0 to 1',
    good: 'w=60&h=40&position=north',
  },
  {
    parameter: 'rect',
    bad: 'w=60&h=40&rect=0,0,2,1',
    got: '0,0,2,1',
    allowed: 'x,y,w,h with numbers from 0 to 1',
    good: 'w=60&h=40&rect=0,0,1,1',
  },
  {
    parameter: 'rotate',
    bad: 'w=60&h=40&rotate=45',
    got: '45',
    allowed: 'a whole number from 0 to 270 (degrees, by 90)',
    good: 'w=60&h=40&rotate=180',
  },
  {
    parameter: 'flip',
    bad: 'w=60&h=40&flip=x',
    got: 'x',
    allowed: 'one of h, v, hv',
    good: 'w=60&h=40&flip=h',
  },
  {
    parameter: 'background',
    bad: 'w=60&h=40&background=white',
    got: 'white',
    allowed: 'rrggbb, rgb or transparent',
    good: 'w=60&h=40&background=fff',
  },
  {
    parameter: 'blur',
    bad: 'w=60&h=40&blur=101',
    got: '101',
    allowed: 'a number from 0.3 to 100',
    good: 'w=60&h=40&blur=2',
  },
  {
    parameter: 'trim',
    bad: 'w=60&h=40&trim=0',
    got: '0',
    allowed: 'a whole number from 1 to 100 (tolerance)',
    good: 'w=60&h=40&trim=1',
  },
  {
    parameter: 'animated',
    bad: 'w=60&h=40&animated=no',
    got: 'no',
    allowed: 'one of true, false',
    good: 'w=60&h=40&animated=false',
  },
  {
    parameter: 'download',
    bad: 'w=60&h=40&download=1',
    got: '1',
    allowed: 'one of true, false',
    good: 'w=60&h=40&download=true',
  },
  {
    parameter: 'dpr',
    bad: 'w=30&h=20&dpr=4',
    got: '4',
    allowed: 'a number from 1 to 3',
    good: 'w=30&h=20&dpr=2',
  },
];

/** What is no crop, and how it is said. */
export const REFUSAL: readonly Check[] = [
  ...REFUSALS.map(refusal),
  {
    name: 'refusals.repeated',
    about: 'a parameter that comes twice is answered 400: nobody can say which was meant',
    run: async ({ ask, crop }) =>
      passUnless(...notRefused(await ask(crop('compass', 'w=60&w=61')), /^w: got "60 and 61", allowed: /)),
  },
  {
    name: 'refusals.missing',
    about: 'an object that is not there is a 404, not a 403, as original and as crop',
    run: async ({ ask, prefix, fresh }) => {
      const path = `/${prefix}nobody-has-put-this.jpg`;
      const stored = await ask(path);
      const cropped = await ask(`${path}?t=A&w=60&${fresh()}`);
      return passUnless(
        differs('status of the original', stored.status, 404),
        // A picture for missing objects may have another.
        !isStandIn(cropped) && differs('status of the crop', cropped.status, 404),
      );
    },
  },
  {
    name: 'refusals.listing',
    about: '`/` is a 404 and lists nothing, whatever its query',
    run: async ({ ask }) => {
      for (const path of ['/', '/?list-type=2', '/?t=A&w=60', '/?prefix=conformance%2F']) {
        const { status, body } = await ask(path);
        if (status !== 404) return fail(`${path}: status ${status}`);
        if (/<ListBucketResult|<Contents>/.test(body.toString())) return fail(`${path} lists the bucket`);
      }
      return { kind: 'pass' };
    },
  },
  {
    name: 'refusals.escapes',
    about: 'a path with a malformed escape, or that is no UTF-8, is answered 400',
    run: async ({ ask, prefix }) => {
      const problems: Problem[] = [];
      for (const path of [`/${prefix}%zz.jpg`, `/${prefix}%zz.jpg?t=A&w=60`, `/${prefix}%ff.jpg?t=A&w=60`]) {
        problems.push(differs(`status of ${path}`, (await ask(path)).status, 400));
      }
      return passUnless(...problems);
    },
  },
  {
    name: 'refusals.overrides',
    about: "no query makes an object come as another type: S3's `response-content-type` does not get through",
    run: async ({ ask, original, crop, fresh }) => {
      const query = 'response-content-type=text%2Fhtml&response-content-disposition=attachment';
      const paths = [
        `${original('tiny')}?${query}`,
        `${original('tiny')}?t=no-such-type&${query}`,
        crop('tiny', `w=20&${query}&${fresh()}`),
      ];
      const answers: Answer[] = [];
      for (const path of paths) answers.push(await ask(path));
      return passUnless(
        ...answers.flatMap(({ headers }) => [
          differs('content-type', headers['content-type'], 'image/png'),
          differs('content-disposition', headers['content-disposition'], undefined),
        ]),
      );
    },
  },
  {
    name: 'refusals.methods',
    about: 'nothing can be written or deleted through the distribution',
    run: async ({ ask, original, objects }) => {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const { status } = await ask(original('tiny'), { method });
        if (status !== 403 && status !== 405) return fail(`${method}: status ${status}`);
      }
      const after = await ask(original('tiny'));
      return passUnless(!after.body.equals(objects.tiny.bytes) && 'the object is not what it was');
    },
  },
];

function refusal({ parameter, bad, got, allowed, good }: Refusal): Check {
  return {
    name: `refusals.${parameter}`,
    about: `a wrong ${parameter} is answered 400 with one line, and the right one right after it works`,
    run: async ({ ask, crop, fresh }) => {
      const line = `${parameter}: got "${got}", allowed: ${allowed}\n`;
      // Where `position` is the question, it cannot be the answer to a warm cache.
      const own = parameter === 'position' ? '' : `&${fresh()}`;
      const refused = await ask(crop('compass', bad + own));
      const right = await ask(crop('compass', good + own));
      const again = await ask(crop('compass', bad + own));
      return passUnless(
        ...notRefused(refused, undefined),
        differs('the line', refused.body.toString(), line),
        ...(await notVariant(right, { format: 'jpeg', width: 60, height: 40 })),
        differs('status the second time', again.status, 400),
      );
    },
  };
}

function notRefused(answer: Answer, line: RegExp | undefined): readonly Problem[] {
  const { status, headers, body } = answer;
  const text = body.toString();
  return [
    differs('status', status, 400),
    !headers['content-type']?.startsWith('text/plain') &&
      `content-type: ${headers['content-type'] ?? 'none'}`,
    line !== undefined && !line.test(text) && `the line: ${text.slice(0, 80)}`,
  ];
}
