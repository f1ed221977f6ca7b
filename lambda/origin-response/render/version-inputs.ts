/**
 * Everything that decides a variant's pixels, and nothing else. Its minified text goes into `v`, the version in the
 * cache key: a change here renders every picture anew, a change elsewhere does not.
 */

export { describe } from '../description/describe';
export { samplePlan } from '../description/sample-plan';
export { decodeHeic } from '../heic/decode-heic';
export { createLibheifDecoder } from '../heic/libheif';
export { plan } from '../plan/plan';
export { prepare } from '../prepare/prepare';
export { readFocus } from '../source/focus';
export { fit } from './fit';
export { createSharpRenderer } from './render';
