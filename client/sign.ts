export { type SignOptions, signUrl } from '../signing/sign';
