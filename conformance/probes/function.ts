import { type Finding, type Probe, told, unknown } from '../harness/check';
import { type Answer, cacheResult } from '../harness/client';
import type { Context } from '../harness/context';

/** Three quarters of 1 MiB: what a body may have where its base64 is counted. */
const BASE64_LIMIT = 786_432;

/** What CloudFront does with a function's answers. */
export const FUNCTION_PROBES: readonly Probe[] = [
  {
    name: 'probe.body-length',
    about: 'does the 1 MB limit count the base64 or the decoded body?',
    run: async (context) => readBodyLength(await largeVariant(context)),
  },
  {
    name: 'probe.error-caching',
    about: 'is a 502 or 503 that a function causes cached?',
    run: async (context) => {
      const path = largePath(context);
      const first = await context.ask(path);
      if (first.status < 500) return unknown('nothing here provoked a 502 or 503');
      const second = await context.ask(path);
      const age = second.headers.age;
      return told(
        `second answer: ${second.status}, X-Cache ${cacheResult(second) ?? 'none'}, Age ${age ?? 'none'}` +
          `${age === undefined ? ' (not cached, as far as it shows)' : ' (cached)'}`,
      );
    },
  },
  {
    name: 'probe.head-runs-function',
    about: 'does a HEAD that misses run the origin-response function?',
    run: async ({ ask, crop, fresh }) => {
      const { headers } = await ask(crop('compass', `w=60&h=40&${fresh()}`), { method: 'HEAD' });
      return headers['crop-status'] === undefined
        ? told('no: the answer has no crop-status')
        : told(`yes, crop-status: ${headers['crop-status']}`);
    },
  },
  {
    name: 'probe.head-and-get',
    about: 'what does a HEAD of a crop that is cached say?',
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&${fresh()}`);
      await ask(path);
      const { headers } = await ask(path, { method: 'HEAD' });
      const length = headers['content-length'] ?? 'none';
      return told(`X-Cache ${headers['x-cache'] ?? 'none'}, content-length ${length}`);
    },
  },
  {
    name: 'probe.server-timing',
    about: "is the function's Server-Timing dropped on a hit?",
    run: async ({ ask, crop, fresh }) => {
      const path = crop('compass', `w=60&h=40&${fresh()}`);
      const miss = await ask(path);
      const hit = await ask(path);
      if (cacheResult(hit) !== 'Hit') return unknown('there was no hit');
      if (!rendered(miss)) return unknown('the miss has no Server-Timing of the function');
      return told(
        `${rendered(hit) ? 'no' : 'yes'}, the hit says: ${hit.headers['server-timing'] ?? 'nothing'}`,
      );
    },
  },
  {
    name: 'probe.generated-headers',
    about: 'does the response headers policy reach what the viewer-request function answers itself?',
    run: async ({ ask, crop }) => {
      const { status, headers } = await ask(crop('compass', 'w=abc'), {
        headers: { origin: 'https://example.com' },
      });
      if (status !== 400) return unknown(`a bad request was answered ${status}`);
      // `x-content-type-options` says nothing: the function sends it itself.
      const names = ['content-security-policy', 'access-control-allow-origin', 'vary'];
      const seen = names.filter((name) => headers[name] !== undefined);
      const by = `X-Cache ${headers['x-cache'] ?? 'none'}`;
      return told(`${seen.length === 0 ? 'no' : `yes: ${seen.join(', ')}`} (${by})`);
    },
  },
  {
    name: 'probe.query-visible',
    about: 'does the cache policy show the function its query, and the event the bucket?',
    run: async ({ ask, crop, fresh }) => {
      const { headers } = await ask(crop('compass', `w=60&h=40&${fresh()}`));
      const status = headers['crop-status'];
      return status?.startsWith('rendered;')
        ? told(`yes: it rendered what the query said, from the bucket of the event (${status})`)
        : status === undefined
          ? told('no: originals in place of crops. Remedy: the cache policy has to forward all query strings')
          : unknown(`crop-status: ${status}; the function's log says why`);
    },
  },
  {
    name: 'probe.preflight',
    about: 'what is a preflight of another page answered, and by whom?',
    run: async ({ ask, crop, fresh }) => {
      const { status, headers } = await ask(crop('compass', `w=60&h=40&${fresh()}`), {
        method: 'OPTIONS',
        headers: { origin: 'https://example.com', 'access-control-request-method': 'GET' },
      });
      const allowed = headers['access-control-allow-origin'] ?? 'none';
      const by = headers['x-cache'] ?? 'none';
      const seen = `${status}, access-control-allow-origin ${allowed}, X-Cache ${by}`;
      return told(
        status === 204 && allowed !== 'none'
          ? `the function answers it: ${seen}`
          : `a browser refuses it: ${seen}. Remedy: the viewer-request function has to answer OPTIONS`,
      );
    },
  },
];

/** What a PNG of noise between the two limits was answered with. */
export function readBodyLength({ status, headers, body }: Answer): Finding {
  if (status === 502)
    return told(`the base64: a body that decoded fits was answered 502 (${headers['x-cache']})`);
  if (status !== 200) return unknown(`status ${status}`);
  if (!headers['crop-status']?.startsWith('rendered;')) {
    return unknown(`not rendered, crop-status: ${headers['crop-status'] ?? 'none'}`);
  }
  if (body.length <= BASE64_LIMIT) {
    return unknown(
      `this deployment keeps variants under ${BASE64_LIMIT} bytes; synthesise it with bodyLength 'decoded'`,
    );
  }
  return told(`the decoded body: a variant of ${body.length} bytes was answered 200`);
}

function largeVariant(context: Context): Promise<Answer> {
  return context.ask(largePath(context));
}

/** Cut and not scaled, noise stays noise: 550 × 550 × 3 bytes that no PNG makes less, between both limits. */
function largePath({ crop, fresh }: Context): string {
  return crop('noise', `w=550&h=550&format=png&${fresh()}`);
}

function rendered({ headers }: Answer): boolean {
  return /\brender;dur=/.test(headers['server-timing'] ?? '');
}
