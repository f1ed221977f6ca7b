import { errorCode } from '../../errors/error-code';
import { UserError } from '../../errors/user-error';

/** Turns an error of `listen` into one line that says what to do; other errors are returned as they are. */
export function toListenError(error: unknown, host: string, port: number): unknown {
  const code = errorCode(error);
  if (code === 'EADDRINUSE')
    return new UserError(`port ${port} is in use; choose another, as in: --port ${port + 1}`);
  if (code === 'EACCES') return new UserError(`port ${port} needs more rights; choose one above 1023`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UserError(`${host} is not an address of this machine; try: --host 127.0.0.1`);
  }
  return error;
}
