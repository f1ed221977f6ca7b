import type { CropRequest } from './crop-request';
import { FORMAT } from './parameters/table';
import type { Lockable, TypeSettings } from './settings';

/** The parameters that no URL may give. */
export function lockedNames(type: TypeSettings | undefined): readonly Lockable[] {
  return type === undefined || type.locked === undefined ? [] : type.locked;
}

/**
 * Finds a parameter of a cache query that its type locks. The viewer-request function writes out what the type
 * itself says, locked or not, and replaces its `auto`; anything else a viewer has sent who got round it.
 *
 * @param request a parsed cache query
 */
export function lockedParameter(request: CropRequest, type: TypeSettings): Lockable | undefined {
  const own: Partial<CropRequest> = type;
  return type.locked?.find((name) => {
    const value = request[name];
    const isNegotiated =
      name === FORMAT.name && own.format === 'auto' && FORMAT.internal.some((word) => word === value);
    return value !== undefined && value !== own[name] && !isNegotiated;
  });
}
