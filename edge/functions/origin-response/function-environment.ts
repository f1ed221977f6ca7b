import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../errors/user-error';

/**
 * The variables for the function's processes: all of AWS's own, so that the SDK finds there what it finds here
 * and renews what expires, and where the store is.
 *
 * @param env of this process
 * @param endpoint of an S3-compatible store, where it is not S3 itself
 */
export function functionEnvironment(
  env: NodeJS.ProcessEnv,
  endpoint: string | undefined,
): Readonly<Record<string, string>> {
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new UserError(`${endpoint} is not a URL, as in: --endpoint http://minio:9000`);
  }
  const known = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    name.startsWith('AWS_') && !name.startsWith('AWS_LAMBDA_') && value !== undefined ? [[name, value]] : [],
  );
  return {
    // The function's home is not this one.
    AWS_CONFIG_FILE: join(homedir(), '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(homedir(), '.aws', 'credentials'),
    ...Object.fromEntries(known),
    ...(endpoint !== undefined && { AWS_ENDPOINT_URL_S3: endpoint }),
  };
}
