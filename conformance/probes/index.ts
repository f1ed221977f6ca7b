import type { Probe } from '../harness/check';
import { FUNCTION_PROBES } from './function';
import { OUTSIDE_PROBES } from './outside';
import { PATH_PROBES } from './paths';
import { REVALIDATION } from './revalidation';
import { SIGNED_ASYNC, SIGNING } from './signing';

/** Every question that AWS's documents leave open. */
export const PROBES: readonly Probe[] = [
  ...FUNCTION_PROBES,
  ...PATH_PROBES,
  REVALIDATION,
  SIGNING,
  SIGNED_ASYNC,
  ...OUTSIDE_PROBES,
];
