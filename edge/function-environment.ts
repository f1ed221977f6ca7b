import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from './user-error';

/**
 * The variables for the function's processes: all of AWS's own, so that the SDK finds there what it finds here
 * and renews what expires, and where the store is.
 *
 * @param env of this process
 * @param endpoint of an S3-compatible store, where it is not S3 itself
 */
export async function functionEnvironment(
  env: NodeJS.ProcessEnv,
  endpoint: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const known = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    name.startsWith('AWS_') && !name.startsWith('AWS_LAMBDA_') && value !== undefined ? [[name, value]] : [],
  );
  return {
    // The function's home is not this one.
    AWS_CONFIG_FILE: join(homedir(), '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(homedir(), '.aws', 'credentials'),
    ...Object.fromEntries(known),
    ...(endpoint !== undefined && { AWS_ENDPOINT_URL_S3: await addressed(endpoint) }),
  };
}

/**
 * The function puts the bucket's name in front of a host's name, as S3 wants it, and in the path behind an
 * address. A store in the same network seldom answers to the first, so without TLS its address stands in.
 */
async function addressed(endpoint: string): Promise<string> {
  if (!URL.canParse(endpoint))
    throw new UserError(`${endpoint} is not a URL, as in: --endpoint http://minio:9000`);
  const url = new URL(endpoint);
  if (url.protocol !== 'http:' || isIP(url.hostname) !== 0) return endpoint;
  try {
    url.hostname = (await lookup(url.hostname, { family: 4 })).address;
    return url.href;
  } catch (error) {
    throw new UserError(`${url.hostname} is not known here; is it the store's name? --endpoint ${endpoint}`, {
      cause: error,
    });
  }
}
