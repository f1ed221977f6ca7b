// What a page gets in the place of `@edgecrop/client/sign`. No bundler finds this file, so the build fails, and
// the name in its message says why.
export { isSigningKey, signSrcSet, signUrl } from './a-signing-key-must-stay-on-the-server';
