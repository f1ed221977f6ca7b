export { isSigningKey, type SignOptions, signUrl } from '../signing/sign';
