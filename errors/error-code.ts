/** The code of a system error, such as `ENOENT`. Under jest these come from another realm, so no `instanceof`. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
