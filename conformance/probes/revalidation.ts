import { setTimeout } from 'node:timers/promises';
import { type Finding, type Probe, told, unknown } from '../harness/check';
import { type Ask, cacheResult } from '../harness/client';
import { pathOf } from '../harness/context';

/** The shortest life that CloudFront knows, and how it reads after the object's metadata has changed. */
const BEFORE = 'public, max-age=1';
const AFTER = 'public, max-age=2';

/** The entry must be stale by any clock. */
const EXPIRED = 3_000;

/** Puts an object again with the same bytes and so the same ETag, but another Cache-Control. */
export const REVALIDATION: Probe = {
  name: 'probe.304-headers',
  about: "does CloudFront take over a 304's headers into the stored response?",
  run: async ({ ask, bucket, prefix, objects, fresh }): Promise<Finding> => {
    if (bucket === undefined) {
      return unknown(
        'needs --bucket: an object is put again with another Cache-Control, and its expired crop asked for',
      );
    }
    const { bytes, contentType } = objects.tiny;
    const key = `${prefix}revalidated-${Date.now()}.png`;
    await bucket.put(key, { bytes, contentType, cacheControl: BEFORE });
    const path = `${pathOf(key)}?t=A&w=20&h=16&${fresh()}`;
    await ask(path);
    await bucket.put(key, { bytes, contentType, cacheControl: AFTER });
    return readRevalidated(ask, path);
  },
};

async function readRevalidated(ask: Ask, path: string): Promise<Finding> {
  await setTimeout(EXPIRED);
  const answer = await ask(path);
  if (cacheResult(answer) !== 'RefreshHit') {
    return unknown(`not revalidated: X-Cache ${cacheResult(answer) ?? 'none'}`);
  }
  const control = answer.headers['cache-control'];
  if (control === AFTER) return told('yes: the new Cache-Control stands');
  return told(`${control === BEFORE ? 'no: the old one stands' : `cache-control: ${control ?? 'none'}`}`);
}
