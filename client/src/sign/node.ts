/** Signed URLs, on Node: `@edgecrop/client/sign`. */
export { signUrl } from '../../../signing/sign';
export type { SignOptions } from '../../../signing/signable-url';
