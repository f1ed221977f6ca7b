/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  globalSetup: '<rootDir>/test/helpers/synthesise.ts',
  globalTeardown: '<rootDir>/test/helpers/remove-assembly.ts',
  // A first render loads sharp and the AWS SDK; on a busy machine that alone can take seconds.
  testTimeout: 30_000,
};

export default config;
