import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../errors/user-error';

/**
 * Creates the environment variables that a function's processes need to read S3: all of this process's AWS
 * variables, so that the SDK finds the same credentials there and can renew them.
 *
 * @param env this process's environment
 * @param endpoint an S3-compatible store; undefined for S3 itself
 * @throws UserError if the endpoint is not a URL
 */
export function functionEnvironment(
  env: NodeJS.ProcessEnv,
  endpoint: string | undefined,
): Readonly<Record<string, string>> {
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new UserError(`${endpoint} is not a URL, as in: --endpoint http://minio:9000`);
  }
  const aws = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    name.startsWith('AWS_') && !name.startsWith('AWS_LAMBDA_') && value !== undefined ? [[name, value]] : [],
  );
  return {
    // The function's HOME is a temporary folder, so the SDK would not find these files.
    AWS_CONFIG_FILE: join(homedir(), '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(homedir(), '.aws', 'credentials'),
    ...Object.fromEntries(aws),
    ...(endpoint !== undefined && { AWS_ENDPOINT_URL_S3: endpoint }),
  };
}
