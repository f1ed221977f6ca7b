import fc from 'fast-check';
import { pictureSources, srcSet } from '../../../../client/src';
import { signUrl as signOnTheWeb, signSrcSet } from '../../../../client/src/sign/web';
import { signUrl } from '../../../../signing/sign';
import { KEYS } from '../../../support/signature-vectors';

const KEY = KEYS.current;

test('Web Crypto and Node agree', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.webPath(),
      fc.webQueryParameters(),
      fc.option(fc.integer({ min: 0, max: 9_999_999_999 }), { nil: undefined }),
      async (path, query, expires) => {
        const url = `https://cdn.example.com${path}?${query}`;
        expect(await signOnTheWeb(url, KEY, { expires })).toBe(signUrl(url, KEY, { expires }));
      },
    ),
    { numRuns: 200 },
  );
});

test('a srcset is signed URL by URL, a comma within one and all', async () => {
  const sign = (url: string) => signUrl(url, KEY);
  const crop = { w: 4, h: 3, position: '0.3,0.7' } as const;
  const steps = { widths: [320, 640] };
  expect(await signSrcSet(srcSet('', 'a.jpg', crop, steps), KEY)).toBe(
    srcSet('', 'a.jpg', crop, steps, { sign }),
  );
  const [avif] = pictureSources('', 'a, b.jpg', crop, { dprs: [1, 2] });
  expect(await signSrcSet(avif?.srcSet ?? '', KEY)).toBe(
    pictureSources('', 'a, b.jpg', crop, { dprs: [1, 2] }, { sign })[0]?.srcSet,
  );
  expect(await signSrcSet('', KEY)).toBe('');
});

test.each([
  ['/a.jpg', 'secret', 'key: got 6 characters, allowed: 32 to 128 of A-Z, a-z, 0-9, - and _'],
  ['a.jpg', KEY, 'url: got "a.jpg", allowed: one with a path that begins with /'],
])('refuses %s as Node does', async (url, key, line) => {
  await expect(signOnTheWeb(url, key)).rejects.toThrow(line);
});
