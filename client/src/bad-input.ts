/**
 * The line with which the deployment would refuse the same input: what, what came, what is allowed. Here the
 * value is the caller's own, so it is neither cut nor escaped beyond JSON.
 */
export function badInput(parameter: string, value: string, allowed: string): RangeError {
  return new RangeError(`${parameter}: got ${JSON.stringify(value)}, allowed: ${allowed}`);
}
