import { LOCAL_CREDENTIALS } from '../../../edge/local/local-s3';

/** What Lambda sets, with S3 on this machine. */
export function lambdaEnvironment(endpoint: string): NodeJS.ProcessEnv {
  return {
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: 'ap-northeast-2',
    AWS_ENDPOINT_URL_S3: endpoint,
    NODE_NO_WARNINGS: '1',
  };
}
