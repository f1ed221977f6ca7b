import { type ImageParams, imageUrl } from '../../client/src';
import { normalise } from '../../lambda/contract/normalise';
import { normalisePath } from '../../lambda/contract/path';
import { readQuery } from '../../lambda/contract/query';
import { signUrl } from '../../signing/sign';
import { readSignableUrl } from '../../signing/signable-url';

/** Keys that nobody signs with. */
const KEYS = {
  current: 'Y3VycmVudC1jdXJyZW50LWN1cnJlbnQtY3VycmVudA',
  previous: 'cHJldmlvdXMtcHJldmlvdXMtcHJldmlvdXMtcHJldg',
} as const;

const CDN = 'https://cdn.example.com';

/** Keys of objects as S3 has them, with all that a client gets wrong. */
const OBJECT_KEYS: readonly string[] = [
  'cat.jpg',
  'photos/cat.jpg',
  '/photos/cat.jpg',
  'a b.jpg',
  'a+b.jpg',
  '100%.jpg',
  '%41.jpg',
  'what?#now.jpg',
  `it's "(1)*!".jpg`,
  'a-b_c.d~e.jpg',
  'a&b=c;d,e@f:g$h.jpg',
  'a\\b|c^d`e{f}g[h]<i>.jpg',
  'a//b.jpg',
  '.hidden/..name/c.jpg',
  'tab\tand\u007f.jpg',
  'é.jpg',
  'e\u0301.jpg',
  '한국/고양이.jpg',
  '😀.jpg',
];

const PARAMS: readonly ImageParams[] = [
  {},
  { t: 'A' },
  { w: 320 },
  { w: 320, h: 240, format: 'webp', quality: 80 },
  { format: 'auto', h: 1, w: 4096 },
  { t: 'thumb', dpr: 2 },
  { t: 'two words', w: 5 },
  { t: '고양이' },
  { w: 100, dpr: 1.5 },
  { w: 300.000_000_06, dpr: 1.100_000_023_841_858 },
  { fit: 'inside', position: 'northwest' },
  { position: '0.3,0.7' },
  { position: [1 / 3, 2 / 3] },
  { position: [0.5, 0.5] },
  { position: [0, 1] },
  { rect: [0.25, 0, 1, 1 / 3], rotate: 90, flip: 'h' },
  { background: '#FC0', blur: 2.04, trim: 10 },
  { background: 'transparent', animated: false, download: true },
  { w: undefined, h: 240 },
];

/** Params as JSON holds them: `undefined` is `null` there. */
const REFUSED: readonly { readonly base: string; readonly key: string; readonly params: object }[] = [
  ...['', '/', '//cat.jpg', '..', 'a/../b.jpg', './a.jpg', 'https://cdn.example.com/cat.jpg'].map((key) => ({
    base: CDN,
    key,
    params: { w: 320 },
  })),
  ...['cdn.example.com', '//cdn.example.com', 'ftp://cdn.example.com', `${CDN}?x`, `${CDN}/a/../b`].map(
    (base) => ({ base, key: 'cat.jpg', params: {} }),
  ),
  ...[
    { w: 0 },
    { w: 4097 },
    { w: 1.5 },
    { w: '1e3' },
    { h: -1 },
    { quality: 0 },
    { quality: 101 },
    { format: 'bmp' },
    { format: 'auto-avif' },
    { fit: 'fill' },
    { position: 'middle' },
    { position: [0.3, 1.2] },
    { dpr: 0.5 },
    { dpr: 4 },
    { rect: [0, 0, 1] },
    { rect: '0,0,1,2' },
    { rotate: 45 },
    { flip: 'x' },
    { background: 'white' },
    { blur: 0.2 },
    { trim: 0 },
    { animated: 'no' },
    { download: 'cat.jpg' },
    { width: 320 },
  ].map((params) => ({ base: CDN, key: 'cat.jpg', params })),
];

/** Queries as they may come, in any order and spelling. */
const QUERIES: readonly string[] = [
  '',
  't=A',
  'quality=080&h=240&w=0320&t=%41&format=WEBP',
  't=A&w=320&utm_source=x&dpr=&=&&h',
  't=A&format=jpg&position=Center',
  't=A&dpr=1.50&position=0.30%2C0.7',
  't=A&position=0.5,0.500',
  't=A&position=0.12345,1',
  't=A&w=320&sig=x&expires=1',
  't=A&w=abc&w=5',
  't=two%20words&w=1',
  't=%EA%B3%A0%EC%96%91%EC%9D%B4',
  'W=320&t=A',
  'height=240&width=0320&t=A',
  'w=5&width=6&t=A',
  't=A&position=Top-Left&flip=HV&rotate=090',
  't=A&position=1,0.5&background=%23ABC&trim=05',
  't=A&download=TRUE&animated=False&blur=2.25&rect=0.00004,0,1,1.0',
  'w=320&h=240',
];

interface SignatureInput {
  readonly url: string;
  readonly key: keyof typeof KEYS;
  readonly expires?: number;
}

const SIGNATURES: readonly SignatureInput[] = [
  { url: `${CDN}/cat.jpg?t=A&w=320`, key: 'current' },
  { url: `${CDN}/cat.jpg?t=A&w=320`, key: 'previous' },
  { url: `${CDN}/cat.jpg?t=A&w=320`, key: 'current', expires: 4_102_444_800 },
  { url: `${CDN}/cat.jpg?t=A&w=320`, key: 'current', expires: 0 },
  { url: `${CDN}/cat.jpg`, key: 'current' },
  { url: `${CDN}/cat.jpg`, key: 'previous', expires: 1_798_761_600 },
  { url: '/cat.jpg?quality=080&h=240&w=0320&t=%41&format=WEBP', key: 'current' },
  { url: '/cat.jpg?t=A&w=320&utm_source=x', key: 'current' },
  { url: '/cat.jpg?t=A&w=320&sig=old&expires=1', key: 'current' },
  { url: '/cat.jpg?t=A&dpr=1.50&position=0.30%2C0.7', key: 'current' },
  { url: '/a%20b.jpg?t=A', key: 'current' },
  { url: '/a+b.jpg?t=A', key: 'current' },
  { url: '/a%2bb.jpg?t=A', key: 'current' },
  { url: '/%ED%95%9C%EA%B5%AD.jpg?t=A', key: 'current' },
  { url: '/it%27s%20%28%31%29.jpg', key: 'current' },
  { url: '//cdn.example.com/cat.jpg?t=A', key: 'current' },
  { url: CDN, key: 'current' },
];

/** What the code makes of all that, by the name of its file. */
export function vectors(): Readonly<Record<string, unknown>> {
  return {
    'object-keys.json': OBJECT_KEYS.map((key) => ({ key, path: imageUrl('', key) })),
    'urls.json': PARAMS.map((params) => ({
      base: CDN,
      key: 'photos/cat.jpg',
      params: jsonOf(params),
      url: imageUrl(CDN, 'photos/cat.jpg', params),
    })),
    'refused.json': REFUSED.map(({ base, key, params }) => ({
      base,
      key,
      params,
      error: refusal(base, key, params),
    })),
    'normal-forms.json': {
      queries: QUERIES.map((query) => ({ query, normal: normalise(readQuery(query)) })),
      paths: ['/%63at.jpg', '/a+b.jpg', "/it's.jpg", '/%ed%95%9c.jpg', '/a%2Fb.jpg', '/%ff.jpg'].map(
        (path) => ({
          path,
          normal: normalisePath(path) ?? null,
        }),
      ),
    },
    'signatures.json': {
      keys: KEYS,
      signatures: SIGNATURES.map(signature),
    },
  };
}

function refusal(base: string, key: string, params: object): string {
  try {
    imageUrl(base, key, params as ImageParams);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error(`${base} ${key} ${JSON.stringify(params)} is taken`);
}

function signature({ url, key, expires }: SignatureInput): object {
  const signed = signUrl(url, KEYS[key], { expires });
  const { stringToSign } = readSignableUrl(url, { expires });
  return {
    url,
    key,
    expires: expires ?? null,
    stringToSign,
    signature: /[?&]sig=([^&#]*)/.exec(signed)?.[1],
    signed,
  };
}

function jsonOf(params: ImageParams): object {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? null]));
}
