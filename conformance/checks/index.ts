import type { Check } from '../harness/check';
import { CACHING } from './caching';
import { CONDITIONAL } from './conditional';
import { CONTRACT } from './contract';
import { FALLBACKS } from './fallbacks';
import { HEAD } from './head';
import { HEADERS } from './headers';
import { KEYS } from './keys';
import { NEGOTIATION } from './negotiation';
import { OPERATIONS } from './operations';
import { RANGE } from './range';
import { REFUSAL } from './refusals';
import { SIZE } from './size';

/** Everything that any deployment must do. */
export const CHECKS: readonly Check[] = [
  ...CONTRACT,
  ...OPERATIONS,
  ...NEGOTIATION,
  ...CACHING,
  ...HEADERS,
  ...CONDITIONAL,
  ...RANGE,
  ...HEAD,
  ...REFUSAL,
  ...KEYS,
  ...SIZE,
  ...FALLBACKS,
];
