import { type Finding, type Probe, told, unknown } from '../harness/check';
import { type Answer, cacheResult } from '../harness/client';
import type { Context } from '../harness/context';
import type { ObjectName } from '../objects/objects';

/** What CloudFront makes of paths and queries. */
export const PATH_PROBES: readonly Probe[] = [
  {
    name: 'probe.raw-plus',
    about: 'what does a raw `+` in a path name under origin access control?',
    run: async (context) => {
      const { original } = context;
      const plus = await context.ask(original('plus').replace('%2B', '+'));
      const space = await context.ask(original('space').replace('%20', '+'));
      return told(
        `one+one.jpg: ${named(plus, context, 'plus')}; two+words.jpg: ${named(space, context, 'space')}`,
      );
    },
  },
  {
    name: 'probe.raw-non-ascii',
    about: 'what is answered to a path in raw UTF-8?',
    run: async (context) => {
      const path = decodeURIComponent(context.original('koreanNfc')).replace(/ /g, '%20');
      // Node writes a path byte by byte where each character is one: this puts UTF-8 on the wire as it is.
      const raw = Buffer.from(path).toString('latin1');
      const stored = await context.ask(raw);
      if (stored.status === 400) return told('400: the path is refused');
      const cropped = await context.ask(`${raw}?t=A&w=20&h=20&${context.fresh()}`);
      return told(
        `original: ${named(stored, context, 'koreanNfc')}; ` +
          `crop: ${cropped.status}, crop-status ${cropped.headers['crop-status'] ?? 'none'}`,
      );
    },
  },
  {
    name: 'probe.key-order',
    about: 'is the order of parameters part of the cache key?',
    run: async ({ ask, crop, fresh }): Promise<Finding> => {
      const point = fresh();
      await ask(crop('compass', `w=60&h=40&${point}`));
      const turned = await ask(crop('compass', `${point}&h=40&w=60`));
      return cacheResult(turned) === 'Miss'
        ? told('yes: the other order was a miss')
        : unknown('the viewer-request function brings them in one order; detach it and ask again');
    },
  },
  {
    name: 'probe.key-duplicates',
    about: 'are duplicates of a parameter part of the cache key?',
    run: async ({ ask, crop, fresh }): Promise<Finding> => {
      const { status, headers } = await ask(crop('compass', `w=60&w=60&${fresh()}`));
      return status === 400
        ? unknown(
            'duplicates are answered 400 before the cache; detach the viewer-request function and ask again',
          )
        : told(`status ${status}, X-Cache ${headers['x-cache'] ?? 'none'}`);
    },
  },
];

function named({ status, body }: Answer, { objects }: Context, name: ObjectName): string {
  if (status !== 200) return String(status);
  return body.equals(objects[name].bytes)
    ? `the key with the ${LABELS[name] ?? 'name'}`
    : '200, another object';
}

const LABELS: Partial<Record<ObjectName, string>> = {
  plus: 'plus sign',
  space: 'space',
  koreanNfc: 'Korean name',
};
