import { type Check, differs, passUnless } from '../harness/check';
import { cacheResult } from '../harness/client';
import { notVariant } from '../harness/picture';

/** Questions about a picture without the picture. */
export const HEAD: readonly Check[] = [
  {
    name: 'head.crop',
    about: 'HEAD of a crop has its type, and neither a body nor a length that nobody has rendered',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&format=webp&${fresh()}`);
      const { status, headers, body } = await ask(path, { method: 'HEAD' });
      return passUnless(
        differs('status', status, 200),
        differs('content-type', headers['content-type'], 'image/webp'),
        differs('content-length', headers['content-length'], undefined),
        differs('bytes', body.length, 0),
      );
    },
  },
  {
    name: 'head.crop-not-cached',
    about: 'HEAD of a crop leaves nothing in the cache: the GET after it renders',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&format=webp&${fresh()}`);
      await ask(path, { method: 'HEAD' });
      const second = await ask(path, { method: 'HEAD' });
      const whole = await ask(path);
      return passUnless(
        cacheResult(second) === 'Hit' && 'the second HEAD is a hit',
        cacheResult(whole) === 'Hit' && 'the GET is a hit',
        ...(await notVariant(whole, { format: 'webp', width: 60, height: 40 })),
      );
    },
  },
  {
    name: 'head.original',
    about: 'HEAD of an original has its length, type and ETag',
    run: async ({ ask, original, objects }) => {
      const whole = await ask(original('compass'));
      const { status, headers, body } = await ask(original('compass'), { method: 'HEAD' });
      return passUnless(
        differs('status', status, 200),
        differs('bytes', body.length, 0),
        differs('content-length', headers['content-length'], String(objects.compass.bytes.length)),
        differs('content-type', headers['content-type'], objects.compass.contentType),
        differs('etag', headers.etag, whole.headers.etag),
      );
    },
  },
];
