import { functionEnvironment } from '../../../../edge/functions/origin-response/function-environment';

test('the function finds credentials where the SDK finds them here, and nothing else of the environment', () => {
  const env = { AWS_PROFILE: 'shop', AWS_LAMBDA_FUNCTION_NAME: 'x', PASSWORD: 'x', AWS_ENDPOINT_URL_S3: 'x' };
  expect(functionEnvironment(env, 'http://localhost:9000')).toEqual({
    AWS_PROFILE: 'shop',
    AWS_CONFIG_FILE: expect.stringMatching(/\.aws.config$/),
    AWS_SHARED_CREDENTIALS_FILE: expect.stringMatching(/\.aws.credentials$/),
    AWS_ENDPOINT_URL_S3: 'http://localhost:9000',
  });
  expect(functionEnvironment({}, 'https://store.example')).toMatchObject({
    AWS_ENDPOINT_URL_S3: 'https://store.example',
  });
});
