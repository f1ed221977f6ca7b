import type { Answer } from '../../conformance/harness/client';
import type { Spoiling } from './deployments';

const isCrop = ({ path }: { readonly path: string }) => path.includes('t=A');

/** A check for each parameter's 400. */
export const BAD = [
  ...[
    'w',
    'h',
    'format',
    'quality',
    'fit',
    'position',
    'rect',
    'rotate',
    'flip',
    'background',
    'blur',
    'trim',
  ],
  ...['animated', 'download', 'dpr', 'repeated'],
].map((p) => `refusals.${p}`);

/** Whatever looks at the pixels or the format of a crop. */
export const PICTURES = [
  'contract.size-and-format',
  'contract.own-format',
  'contract.one-side',
  'contract.upright',
  'contract.no-metadata',
  'contract.not-enlarged',
  'contract.fit',
  'contract.description',
  'contract.focus',
  'contract.position',
  'contract.quality',
  'contract.alpha',
  'contract.animation',
  'contract.aliases',
  'operations.rotate',
  'operations.flip',
  'operations.rect',
  'operations.background',
  'operations.blur',
  'operations.trim',
  'operations.animated',
  'operations.download',
  'negotiation.auto',
  'negotiation.q-zero',
  'negotiation.shared',
  'negotiation.animation',
];

export const KEYS = [
  'keys.plus',
  'keys.space',
  'keys.plus-is-space',
  'keys.korean',
  'keys.korean-decomposed',
  'keys.lower-case-escapes',
];

/** A good edge with one thing spoilt, and exactly the checks that must say so. */
export const BROKEN: Readonly<Record<string, Spoiling & { readonly fails: readonly string[] }>> = {
  'ignores h': {
    request: (asked) => ({ ...asked, path: asked.path.replace(/([?&])h=\d+&?/, '$1') }),
    fails: [
      'contract.size-and-format',
      'contract.own-format',
      'contract.one-side',
      'contract.not-enlarged',
      'contract.fit',
      'contract.focus',
      'contract.position',
      'operations.rect',
      'operations.background',
      // With one side a focal point makes no cache entry of its own.
      ...['negotiation.shared', 'head.crop', 'head.crop-not-cached'],
      'refusals.h',
      ...KEYS,
    ],
  },
  'keeps EXIF': {
    answer: (answer) =>
      answer.headers['content-type'] === 'image/jpeg' && answer.headers['crop-status']?.startsWith('rendered')
        ? { ...answer, body: withExif(answer.body) }
        : answer,
    fails: ['contract.no-metadata'],
  },
  'takes bad parameters': {
    answer: (answer) => (answer.status === 400 ? { ...answer, status: 200 } : answer),
    fails: [...BAD, 'refusals.escapes', 'keys.slash', 'operations.misspelt'],
  },
  'lets fallbacks be revalidated': {
    answer: (answer) => {
      const isFallback = answer.headers['crop-status']?.startsWith('original;');
      return isFallback ? { ...answer, headers: { ...answer.headers, etag: '"the original"' } } : answer;
    },
    fails: ['fallbacks.validators'],
  },
  'lists the bucket at /': {
    answer: (answer, { path }) =>
      path === '/'
        ? { ...answer, status: 200, body: Buffer.from('<ListBucketResult></ListBucketResult>') }
        : answer,
    fails: ['refusals.listing'],
  },
  'lets S3 choose the type by the query': {
    answer: (answer, { path }) =>
      path.includes('response-content-type=')
        ? { ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } }
        : answer,
    fails: ['refusals.overrides'],
  },
  'says no Vary': { answer: without('vary'), fails: ['headers.vary'] },
  'lets an svg run as a page': { answer: without('content-security-policy'), fails: ['headers.csp'] },
  'loses the ETag of crops': {
    answer: (answer, asked) => (isCrop(asked) ? without('etag')(answer) : answer),
    fails: ['headers.validators'],
  },
  'cuts ranges out of crops': {
    answer: (answer, asked) =>
      isCrop(asked) && asked.headers.range !== undefined
        ? { ...answer, status: 206, body: answer.body.subarray(0, 10) }
        : answer,
    fails: ['range.crop', 'range.crop-miss'],
  },
  'answers conditions on crops': {
    answer: (answer, asked) =>
      isCrop(asked) && asked.headers['if-none-match'] !== undefined
        ? { ...answer, status: 304, body: Buffer.alloc(0) }
        : answer,
    fails: ['conditional.crop', 'conditional.crop-miss'],
  },
  'answers 403 for what is not there': {
    answer: (answer, { path }) =>
      answer.status === 404 && path !== '/' ? { ...answer, status: 403 } : answer,
    fails: ['refusals.missing', 'refusals.listing'],
  },
  'takes a plus sign for itself': {
    request: (asked) => ({ ...asked, path: asked.path.replace('two+words', 'two%2Bwords') }),
    fails: ['keys.plus-is-space'],
  },
  'caches nothing': {
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'x-cache': 'Miss from another' } }),
    fails: [
      'negotiation.shared',
      'caching.spellings',
      'caching.same-bytes',
      'caching.dpr',
      'caching.original-once',
      'fallbacks.cached',
    ],
  },
};

function without(name: string): (answer: Answer) => Answer {
  return (answer) => ({
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([header]) => header !== name)),
  });
}

/** A copyright, and no orientation: the picture looks as it did. */
const EXIF = Buffer.from(
  // Exif, big-endian TIFF, one directory with one entry: tag 0x8298, four bytes of ASCII in place.
  '457869660000' + '4d4d002a00000008' + '0001' + '8298000200000004' + '6d650000' + '00000000',
  'hex',
);

/** The picture with the block between its first marker and the rest. */
function withExif(jpeg: Buffer): Buffer {
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(EXIF.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, EXIF, jpeg.subarray(2)]);
}
