import { describeRefusedValue } from '../lambda/contract/bad-input';

/** The line with which the deployment would refuse the same: what, what came, what is allowed. */
export function badInput(parameter: string, value: string, allowed: string): RangeError {
  return new RangeError(describeRefusedValue({ parameter, value, allowed }));
}
