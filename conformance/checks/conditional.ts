import { type Check, differs, fail, passUnless } from '../harness/check';
import { notVariant } from '../harness/picture';

/** What a viewer that has a copy is told. */
export const CONDITIONAL: readonly Check[] = [
  {
    name: 'conditional.original',
    about: 'If-None-Match and If-Modified-Since on an original are answered 304',
    run: async ({ ask, original }) => {
      const path = original('compass');
      const { headers } = await ask(path);
      const { etag, 'last-modified': modified } = headers;
      if (etag === undefined || modified === undefined) return fail('the original has no validators');
      const byTag = await ask(path, { headers: { 'if-none-match': etag } });
      const byDate = await ask(path, { headers: { 'if-modified-since': modified } });
      const other = await ask(path, { headers: { 'if-none-match': '"another"' } });
      return passUnless(
        differs('status by ETag', byTag.status, 304),
        differs('bytes of the 304', byTag.body.length, 0),
        differs('status by date', byDate.status, 304),
        differs('status with another ETag', other.status, 200),
      );
    },
  },
  {
    name: 'conditional.crop',
    about: 'on a crop they are answered 200: the ETag is that of every rendering, old or new',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&${fresh()}`);
      const { headers } = await ask(path);
      const again = await ask(path, { headers: { 'if-none-match': headers.etag ?? '*' } });
      return passUnless(...(await notVariant(again, { format: 'jpeg', width: 60, height: 40 })));
    },
  },
  {
    name: 'conditional.crop-miss',
    about: 'a condition on a crop that nobody had is not held against the original',
    run: async ({ ask, original, crop, fresh }) => {
      const { headers } = await ask(original('compass'));
      const path = crop('compass', `w=60&h=40&${fresh()}`);
      const conditional = {
        'if-none-match': headers.etag ?? '*',
        'if-modified-since': headers['last-modified'] ?? new Date().toUTCString(),
      };
      const first = await ask(path, { headers: conditional });
      const second = await ask(path);
      return passUnless(
        ...(await notVariant(first, { format: 'jpeg', width: 60, height: 40 })),
        ...(await notVariant(second, { format: 'jpeg', width: 60, height: 40 })),
      );
    },
  },
];
