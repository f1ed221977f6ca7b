import { notOriginal } from '../harness/answers';
import { type Check, differs, fail, type Problem, passUnless, unknown } from '../harness/check';
import { notColoured, notVariant, pixelAt, readMetadata } from '../harness/picture';
import { COMPASS } from '../objects/draw';

const FORMATS = ['jpeg', 'png', 'webp', 'avif'] as const;

/** The URL's promise: what picture comes for which query. */
export const CONTRACT: readonly Check[] = [
  {
    name: 'contract.size-and-format',
    about: 'a crop is exactly w×h and of the format, for jpeg, png, webp and avif',
    run: async ({ ask, crop, fresh }) => {
      const problems: Problem[] = [];
      for (const format of FORMATS) {
        const answer = await ask(crop('compass', `w=90&h=70&format=${format}&${fresh()}`));
        problems.push(...(await notVariant(answer, { format, width: 90, height: 70 })));
      }
      return passUnless(...problems);
    },
  },
  {
    name: 'contract.own-format',
    about: "without `format`, a crop has the source's own",
    run: async ({ ask, crop, fresh }) => {
      const jpeg = await ask(crop('compass', `w=60&h=60&${fresh()}`));
      const png = await ask(crop('alpha', `w=60&h=60&${fresh()}`));
      return passUnless(
        ...(await notVariant(jpeg, { format: 'jpeg', width: 60, height: 60 })),
        ...(await notVariant(png, { format: 'png', width: 60, height: 60 })),
      );
    },
  },
  {
    name: 'contract.one-side',
    about: 'one side alone keeps the ratio',
    run: async ({ ask, crop, fresh }) => {
      const byWidth = await ask(crop('compass', `w=60&${fresh()}`));
      const byHeight = await ask(crop('compass', `h=60&${fresh()}`));
      return passUnless(
        ...(await notVariant(byWidth, { format: 'jpeg', width: 60, height: 40 })),
        ...(await notVariant(byHeight, { format: 'jpeg', width: 90, height: 60 })),
      );
    },
  },
  {
    name: 'contract.upright',
    about: 'a picture that lies on its side (EXIF orientation 6) comes out upright',
    run: async ({ ask, crop, fresh }) => {
      const answer = await ask(crop('compass', `w=300&h=200&${fresh()}`));
      if (answer.status !== 200) return fail(`status: ${answer.status}`);
      const metadata = await readMetadata(answer);
      return passUnless(
        differs('orientation', metadata?.orientation ?? 1, 1),
        await notColoured('north-west', answer, [30, 30], COMPASS.northwest),
        await notColoured('north-east', answer, [270, 30], COMPASS.northeast),
        await notColoured('south-west', answer, [30, 170], COMPASS.southwest),
        await notColoured('south-east', answer, [270, 170], COMPASS.southeast),
      );
    },
  },
  {
    name: 'contract.no-metadata',
    about: 'a crop has no EXIF, and so no GPS',
    run: async ({ ask, crop, fresh, objects }) => {
      for (const format of FORMATS) {
        const answer = await ask(crop('compass', `w=60&h=40&format=${format}&${fresh()}`));
        const metadata = await readMetadata(answer);
        if (metadata === undefined) return fail('the body is no picture');
        if (metadata.exif ?? metadata.xmp ?? metadata.iptc) return fail(`${format}: EXIF, XMP or IPTC`);
      }
      const source = await readMetadata({ status: 200, headers: {}, body: objects.compass.bytes });
      return passUnless(source?.exif === undefined && 'the test object has no EXIF itself');
    },
  },
  {
    name: 'contract.not-enlarged',
    about: 'nothing is enlarged: 50×40 into 200×200 gives 40×40',
    run: async ({ ask, crop, fresh }) =>
      passUnless(
        ...(await notVariant(await ask(crop('tiny', `w=200&h=200&format=webp&${fresh()}`)), {
          format: 'webp',
          width: 40,
          height: 40,
        })),
      ),
  },
  {
    name: 'contract.fit',
    about: '`contain` is the exact box, `inside` may be smaller',
    run: async ({ ask, crop, fresh }) => {
      const contain = await ask(crop('compass', `w=90&h=90&fit=contain&${fresh()}`));
      const inside = await ask(crop('compass', `w=90&h=90&fit=inside&${fresh()}`));
      return passUnless(
        ...(await notVariant(contain, { format: 'jpeg', width: 90, height: 90 })),
        ...(await notVariant(inside, { format: 'jpeg', width: 90, height: 60 })),
      );
    },
  },
  {
    name: 'contract.description',
    about:
      '`format=json` tells the size of a crop and of its original, and nothing of EXIF; what is refused is told as JSON',
    run: async ({ ask, crop, objects, fresh }) => {
      const told = await ask(crop('compass', `w=60&h=40&format=json&${fresh()}`));
      const refused = await ask(crop('drawing', `w=60&format=json&${fresh()}`));
      const { width, height, source, color, thumbhash } = JSON.parse(told.body.toString());
      return passUnless(
        differs('content-type', told.headers['content-type'], 'application/json'),
        differs('size', `${width}x${height}`, '60x40'),
        // Absent where originals are denied.
        source !== undefined && differs('bytes of the original', source.bytes, objects.compass.bytes.length),
        !/^#[0-9a-f]{6}$/.test(color) && `color: ${color}`,
        !/^[A-Za-z0-9+/]{20,40}=*$/.test(thumbhash) && `thumbhash: ${thumbhash}`,
        /gps|exif|edgecrop/i.test(told.body.toString()) && 'it tells of EXIF',
        differs('status of what is no picture', refused.status, 415),
        differs('reason', JSON.parse(refused.body.toString()).reason, 'not-cropped'),
      );
    },
  },
  {
    name: 'contract.focus',
    about: "an object's focal point, `x-amz-meta-focus`, says what stays where the URL does not",
    run: async ({ ask, crop, original }) => {
      const { headers } = await ask(original('focused'));
      if (headers['x-amz-meta-focus'] === undefined)
        return unknown('the object has no metadata (a folder cannot hold any)');
      const east = await ask(crop('focused', 'w=20&h=30&format=png'));
      const west = await ask(crop('focused', 'w=20&h=30&format=png&position=west'));
      return passUnless(
        await notColoured('the crop without a position', east, [10, 7], COMPASS.northeast),
        await notColoured('the crop with position=west', west, [10, 7], COMPASS.northwest),
      );
    },
  },
  {
    name: 'contract.position',
    about: '`position` says what stays: east and west differ',
    run: async ({ ask, crop }) => {
      const west = await ask(crop('compass', 'w=40&h=100&position=west'));
      const east = await ask(crop('compass', 'w=40&h=100&position=east'));
      if (west.status !== 200 || east.status !== 200) return fail(`status: ${west.status}, ${east.status}`);
      return passUnless(
        await notColoured('west', west, [20, 20], COMPASS.northwest),
        await notColoured('east', east, [20, 20], COMPASS.northeast),
      );
    },
  },
  {
    name: 'contract.quality',
    about: 'less `quality` is fewer bytes',
    run: async ({ ask, crop, fresh }) => {
      const point = fresh();
      const low = await ask(crop('noise', `w=100&h=50&format=jpeg&quality=20&${point}`));
      const high = await ask(crop('noise', `w=100&h=50&format=jpeg&quality=90&${point}`));
      return passUnless(
        ...(await notVariant(low, { format: 'jpeg', width: 100, height: 50 })),
        low.body.length >= high.body.length && `${low.body.length} bytes at 20, ${high.body.length} at 90`,
      );
    },
  },
  {
    name: 'contract.alpha',
    about: 'alpha stays where the format has it, and is laid on white where it has not',
    run: async ({ ask, crop, fresh }) => {
      const webp = await ask(crop('alpha', `w=60&h=60&format=webp&${fresh()}`));
      const jpeg = await ask(crop('alpha', `w=60&h=60&format=jpeg&${fresh()}`));
      const problems = [
        ...(await notVariant(webp, { format: 'webp' })),
        ...(await notVariant(jpeg, { format: 'jpeg' })),
      ];
      if (problems.some(Boolean)) return passUnless(...problems);
      return passUnless(
        differs('alpha of a clear corner', (await pixelAt(webp, 2, 2))[3], 0),
        await notColoured('the corner as JPEG', jpeg, [2, 2], [255, 255, 255]),
      );
    },
  },
  {
    name: 'contract.animation',
    about: 'an animation stays one as gif and webp, and is its first frame as png',
    run: async ({ ask, crop, fresh }) => {
      const problems: Problem[] = [];
      for (const [query, format, frames] of [
        ['', 'gif', 4],
        ['format=webp&', 'webp', 4],
        ['format=png&', 'png', 1],
      ] as const) {
        const answer = await ask(crop('animation', `w=30&h=30&${query}${fresh()}`));
        problems.push(...(await notVariant(answer, { format, width: 30, height: 30 })));
        problems.push(differs(`frames of ${format}`, (await readMetadata(answer))?.pages ?? 1, frames));
      }
      return passUnless(...problems);
    },
  },
  {
    name: 'contract.aliases',
    about: '`width`, `height` and `top-left` are read as `w`, `h` and `northwest`',
    run: async ({ ask, crop }) => {
      const answer = await ask(crop('compass', 'width=40&height=40&position=top-left&format=png'));
      return passUnless(...(await notVariant(answer, { format: 'png', width: 40, height: 40 })));
    },
  },
  {
    name: 'contract.original',
    about: 'without a type, and with an unknown one, the original comes byte for byte',
    run: async ({ ask, original, objects }) => {
      const plain = await ask(original('compass'));
      const unknownType = await ask(`${original('compass')}?t=no-such-type&w=10`);
      return passUnless(
        ...notOriginal(plain, objects.compass),
        ...notOriginal(unknownType, objects.compass),
        plain.headers['crop-status'] !== undefined && 'it has a crop-status',
      );
    },
  },
  {
    name: 'contract.svg',
    about: 'an svg is not cropped: it comes as it is stored',
    run: async ({ ask, crop, objects, fresh }) =>
      passUnless(...notOriginal(await ask(crop('drawing', `w=5&h=5&${fresh()}`)), objects.drawing)),
  },
];
