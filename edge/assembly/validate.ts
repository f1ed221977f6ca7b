import type { z } from 'zod';
import { UserError } from '../../errors/user-error';

/**
 * Parses a part of the assembly.
 *
 * @param name the part's name in the error
 * @throws UserError if the part is something the edge does not support
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, name: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(`${name}: the edge can't serve ${issue?.path.join('.')}: ${issue?.message}`);
}
