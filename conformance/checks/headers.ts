import { type Check, differs, fail, type Problem, passUnless, unknown } from '../harness/check';
import type { Answer } from '../harness/client';
import type { Context } from '../harness/context';

/** What stands beside the bytes. */
export const HEADERS: readonly Check[] = [
  {
    name: 'headers.validators',
    about: "a crop keeps the original's ETag and Last-Modified, so that expiry costs a 304 and no render",
    run: async ({ ask, original, crop, fresh }) => {
      const { headers: wanted } = await ask(original('compass'));
      const { headers: got } = await ask(crop('compass', `w=60&h=40&${fresh()}`));
      return passUnless(
        wanted.etag === undefined && 'the original has no ETag',
        differs('etag', got.etag, wanted.etag),
        differs('last-modified', got['last-modified'], wanted['last-modified']),
      );
    },
  },
  {
    name: 'headers.cache-control',
    about: 'a crop of an object without a Cache-Control has one with a max-age',
    run: async ({ ask, crop, fresh }) => {
      const { headers } = await ask(crop('compass', `w=60&h=40&${fresh()}`));
      const control = headers['cache-control'];
      return passUnless(!/\bmax-age=[1-9]/.test(control ?? '') && `cache-control: ${control ?? 'none'}`);
    },
  },
  {
    name: 'headers.object-cache-control',
    about: "an object's own Cache-Control stands on its crops",
    run: async ({ ask, original, crop, fresh, objects }) => {
      const { headers: stored } = await ask(original('kept'));
      if (stored['cache-control'] !== objects.kept.cacheControl) {
        return unknown('the object has no Cache-Control (a folder cannot hold one)');
      }
      const { headers } = await ask(crop('kept', `w=70&h=40&${fresh()}`));
      return passUnless(differs('cache-control', headers['cache-control'], objects.kept.cacheControl));
    },
  },
  {
    name: 'headers.crop-status',
    about: '`crop-status` tells the size of what was rendered',
    run: async ({ ask, crop, fresh }) => {
      const { headers } = await ask(crop('compass', `w=60&h=40&${fresh()}`));
      const status = headers['crop-status'];
      return passUnless(!status?.startsWith('rendered;size=60x40;') && `crop-status: ${status ?? 'none'}`);
    },
  },
  {
    name: 'headers.vary',
    about: '`Vary: Accept` is on crops, so that no other cache mixes the formats of `auto`',
    run: onCrop((headers) =>
      !/\baccept\b(?!-)/i.test(headers.vary ?? '') ? `vary: ${headers.vary ?? 'none'}` : false,
    ),
  },
  {
    name: 'headers.nosniff',
    about: '`X-Content-Type-Options: nosniff` is on crops and originals',
    run: onBoth((headers) => differs('x-content-type-options', headers['x-content-type-options'], 'nosniff')),
  },
  {
    name: 'headers.csp',
    about: 'a `Content-Security-Policy` with `sandbox` is on crops and originals: an svg runs no script',
    run: onBoth((headers) => {
      const policy = headers['content-security-policy'];
      return !/\bsandbox\b/.test(policy ?? '') && `content-security-policy: ${policy ?? 'none'}`;
    }),
  },
  {
    name: 'headers.cors',
    about: 'any page may read the pixels: `Access-Control-Allow-Origin: *`',
    run: onBoth((headers) =>
      differs('access-control-allow-origin', headers['access-control-allow-origin'], '*'),
    ),
  },
  {
    name: 'headers.content-encoding',
    about: 'a crop has no content-encoding, whatever the viewer takes',
    run: onCrop((headers) => differs('content-encoding', headers['content-encoding'], undefined)),
  },
  {
    name: 'headers.content-length',
    about: 'the content-length is the number of bytes that come',
    run: async ({ ask, original, crop, fresh }) => {
      const answers = [await ask(crop('compass', `w=60&h=40&${fresh()}`)), await ask(original('compass'))];
      const stated = answers.filter(({ headers }) => headers['content-length'] !== undefined);
      if (stated.length < answers.length) return unknown('an answer came in chunks, without a length');
      return passUnless(
        ...stated.map(({ headers, body }) =>
          differs('content-length', headers['content-length'], String(body.length)),
        ),
      );
    },
  },
];

type Inspect = (headers: Answer['headers']) => Problem;

const ASKED = { origin: 'https://example.com', 'accept-encoding': 'gzip, deflate, br' };

async function askCrop({ ask, crop, fresh }: Context): Promise<Answer> {
  return ask(crop('compass', `w=60&h=40&format=auto&${fresh()}`), { headers: ASKED });
}

/** Once on the miss, once on the hit: a policy that only the function knows would be cached or not. */
function onCrop(inspect: Inspect): Check['run'] {
  return async (context) => {
    const path = context.crop('compass', `w=60&h=40&format=auto&${context.fresh()}`);
    const miss = await context.ask(path, { headers: ASKED });
    const hit = await context.ask(path, { headers: ASKED });
    if (miss.status !== 200) return fail(`status: ${miss.status}`);
    return passUnless(inspect(miss.headers), inspect(hit.headers));
  };
}

function onBoth(inspect: Inspect): Check['run'] {
  return async (context) => {
    const cropped = await askCrop(context);
    const stored = await context.ask(context.original('drawing'), { headers: ASKED });
    return passUnless(inspect(cropped.headers), inspect(stored.headers));
  };
}
