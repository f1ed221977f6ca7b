import { createServer } from 'node:net';
import { errorCode } from '../../errors/error-code';

/** How many ports are tried after the first. */
const MORE = 20;

/**
 * Finds the first port from `port` on that can be listened on. Another process may still take it in between.
 *
 * @throws the error of `listen` if none of them is free, or for another reason than a port in use
 */
export async function findFreePort(host: string, port: number): Promise<number> {
  for (let candidate = port; ; candidate++) {
    try {
      await tryPort(host, candidate);
      return candidate;
    } catch (error) {
      if (errorCode(error) !== 'EADDRINUSE' || candidate - port >= MORE) throw error;
    }
  }
}

/** @throws the error of `listen` if the port cannot be had */
export async function tryPort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  await new Promise((resolve) => server.close(resolve));
}
