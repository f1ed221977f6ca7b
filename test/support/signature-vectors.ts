/** The keys of the vectors. */
export const KEYS = {
  current: 'Y3VycmVudC1jdXJyZW50LWN1cnJlbnQtY3VycmVudA',
  previous: 'cHJldmlvdXMtcHJldmlvdXMtcHJldmlvdXMtcHJldg',
} as const;

export interface SignatureVector {
  readonly name: string;
  readonly url: string;
  readonly method?: string;
  /** What goes on to the cache, as `path?query`, or what is answered. */
  readonly outcome: string | { readonly status: number; readonly text: string };
}

const UNSIGNED = { status: 403, text: 'unsigned: this URL needs a signature\n' };
const WRONG = { status: 403, text: 'wrong: the signature is not for this URL\n' };
const EXPIRED = { status: 403, text: 'expired: the signature has expired\n' };

const CAT = '/cat.jpg?t=A&w=320&h=240&format=webp&quality=80';
const CACHED = '/cat.jpg?t=A&w=320&h=240&format=webp&quality=80&v=0123abcd';
/** Over `CAT`, with the current key; made, as all others here, with another implementation of HMAC. */
const SIG = 'ngwSEA25_IRrWS5xssgaEE3m3MVUF2TbTK_G3kUYkI4';
/** Over `CAT` until 2100. */
const SIG_2100 = 'U1gd0du8j8rtRYBd9zel5yRSM1Q_42BYDpeSKnzFHMk';
const SIG_ORIGINAL = 'vVsbjppThIxQrmYQxhpUwhVhYgqiBo_zOOhY_MmncjQ';
const SIG_SPACE = 'gLGn8V470iLKvAvlVM2H4EkZOghQuzRWLaDbdmCtrfs';
const SIG_KOREAN = 'gT_kO9XDA4MVrdiQaCE6wra7fymYSP2Zt31y52DEFGc';

/** One table for njs, Node and the edge. */
export const SIGNATURE_VECTORS: readonly SignatureVector[] = [
  { name: 'valid', url: `${CAT}&sig=${SIG}`, outcome: CACHED },
  { name: 'HEAD', url: `${CAT}&sig=${SIG}`, method: 'HEAD', outcome: CACHED },
  { name: 'signature first', url: CAT.replace('?', `?sig=${SIG}&`), outcome: CACHED },
  {
    name: 'reordered, other spellings',
    url: `/%63at.jpg?quality=080&h=240&sig=${SIG}&w=0320&t=%41&format=WEBP`,
    outcome: CACHED,
  },
  { name: 'unknown and empty parameters', url: `${CAT}&utm_source=x&dpr=&sig=${SIG}`, outcome: CACHED },
  { name: 'an original', url: `/cat.jpg?sig=${SIG_ORIGINAL}`, outcome: '/cat.jpg?' },
  {
    name: 'a point and a decimal',
    url: '/cat.jpg?t=A&dpr=1.50&position=0.30%2C0.7&sig=FgFVa3WSO-whSbFm9T_StQjS-jCdSChiOu_HHponLns',
    outcome: '/cat.jpg?t=A&v=0123abcd',
  },
  {
    name: 'the previous key',
    url: `${CAT}&sig=dgyW5MFdiQ6H34rLJq7wKbi9zw6AAYNf2voqlE-kn4Q`,
    outcome: CACHED,
  },
  {
    name: 'a key of somebody else',
    url: `${CAT}&sig=JBlnEEANG7wEhWOo536CQEgB7b4nKU-qTeeFncfJgoI`,
    outcome: WRONG,
  },
  { name: 'not ended yet', url: `${CAT}&expires=4102444800&sig=${SIG_2100}`, outcome: CACHED },
  {
    name: 'ended',
    url: `${CAT}&expires=1&sig=yemHwGyPmISntuuC7EIo2YXP0GXOplv1yWeDpZNakQY`,
    outcome: EXPIRED,
  },
  {
    name: 'ended, the previous key',
    url: '/cat.jpg?t=A&expires=1&sig=nOE4gu21UZgPKsstrcX0gVZR38pVfodoQHzNQW1sG4c',
    outcome: EXPIRED,
  },
  {
    name: 'milliseconds',
    url: '/cat.jpg?t=A&expires=4102444800000&sig=bFO5Frgx3Agnz6t93ZL-i98gokZpbBNzXRTsJCW4PXI',
    outcome: WRONG,
  },
  { name: 'the expiry taken away', url: `${CAT}&sig=${SIG_2100}`, outcome: WRONG },
  { name: 'the expiry put off', url: `${CAT}&expires=4102444801&sig=${SIG_2100}`, outcome: WRONG },
  { name: 'an expiry added', url: `${CAT}&expires=4102444800&sig=${SIG}`, outcome: WRONG },
  { name: 'an empty expiry', url: `${CAT}&expires=&sig=${SIG}`, outcome: WRONG },
  {
    name: 'two expiries',
    url: `${CAT}&expires=4102444800&expires=4102444800&sig=${SIG_2100}`,
    outcome: WRONG,
  },
  { name: 'none', url: CAT, outcome: UNSIGNED },
  { name: 'an empty one', url: `${CAT}&sig=`, outcome: UNSIGNED },
  { name: 'under a name in capitals', url: `${CAT}&SIG=${SIG}`, outcome: UNSIGNED },
  { name: 'an original without', url: '/cat.jpg', outcome: UNSIGNED },
  { name: 'the root without', url: '/', outcome: UNSIGNED },
  { name: 'OPTIONS without', url: CAT, method: 'OPTIONS', outcome: UNSIGNED },
  { name: 'cut short', url: `${CAT}&sig=${SIG.slice(0, -1)}`, outcome: WRONG },
  { name: 'one character more', url: `${CAT}&sig=${SIG}A`, outcome: WRONG },
  { name: 'padded', url: `${CAT}&sig=${SIG}=`, outcome: WRONG },
  { name: 'the same bits in another last letter', url: `${CAT}&sig=${SIG.slice(0, -1)}5`, outcome: WRONG },
  { name: 'twice', url: `${CAT}&sig=${SIG}&sig=${SIG}`, outcome: WRONG },
  { name: 'twice, once empty', url: `${CAT}&sig=${SIG}&sig=`, outcome: WRONG },
  { name: 'another width', url: `${CAT.replace('w=320', 'w=321')}&sig=${SIG}`, outcome: WRONG },
  { name: 'another parameter', url: `${CAT}&fit=inside&sig=${SIG}`, outcome: WRONG },
  { name: 'a width twice', url: `${CAT}&w=320&sig=${SIG}`, outcome: WRONG },
  { name: 'no type', url: `${CAT.replace('t=A&', '')}&sig=${SIG}`, outcome: WRONG },
  { name: 'another path', url: `${CAT.replace('cat', 'dog')}&sig=${SIG}`, outcome: WRONG },
  { name: 'the original by the signature of a crop', url: `/cat.jpg?sig=${SIG}`, outcome: WRONG },
  { name: 'a path that is no UTF-8', url: `/%ff.jpg?sig=${SIG}`, outcome: WRONG },
  {
    name: 'Korean',
    url: `/%ED%95%9C%EA%B5%AD.jpg?t=A&sig=${SIG_KOREAN}`,
    outcome: '/%ED%95%9C%EA%B5%AD.jpg?t=A&v=0123abcd',
  },
  {
    name: 'Korean in small hex digits',
    url: `/%ed%95%9c%ea%b5%ad.jpg?t=A&sig=${SIG_KOREAN}`,
    outcome: '/%ED%95%9C%EA%B5%AD.jpg?t=A&v=0123abcd',
  },
  {
    name: 'Korean in NFD is another key',
    url: `/%E1%84%92%E1%85%A1%E1%86%AB%E1%84%80%E1%85%AE%E1%86%A8.jpg?t=A&sig=${SIG_KOREAN}`,
    outcome: WRONG,
  },
  { name: 'a space', url: `/a%20b.jpg?t=A&sig=${SIG_SPACE}`, outcome: '/a%20b.jpg?t=A&v=0123abcd' },
  { name: 'a plus is a space', url: `/a+b.jpg?t=A&sig=${SIG_SPACE}`, outcome: '/a%20b.jpg?t=A&v=0123abcd' },
  { name: 'an escaped plus is none', url: `/a%2Bb.jpg?t=A&sig=${SIG_SPACE}`, outcome: WRONG },
  {
    name: 'an escaped plus',
    url: '/a%2bb.jpg?t=A&sig=uQAG4s36IFzj8fKBw9ryYSykhZ1rI8pIIzKD2bPiQPQ',
    outcome: '/a%2Bb.jpg?t=A&v=0123abcd',
  },
  {
    name: 'the root, signed',
    url: '/?sig=qmqGVbcpCmATTl1miGMERZF4rGaUbwAX0oH8C0hzz_8',
    outcome: { status: 404, text: 'not found\n' },
  },
  {
    name: 'bad input, signed',
    url: '/cat.jpg?t=A&w=abc&sig=iB6n6WDKyDbabX33S5xUnOOQajzn9Ax2LETNaZYcVkQ',
    outcome: { status: 400, text: 'w: got "abc", allowed: a whole number from 1 to 4096 (pixels)\n' },
  },
  {
    name: 'an unknown type, signed',
    url: '/cat.jpg?t=B&w=5&sig=tCxy4oUom0mq1v4hL2x7SM1lzTlJ3MOw125iu6qQyxg',
    outcome: '/cat.jpg?',
  },
];
