/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  globalSetup: '<rootDir>/test/support/synthesise.ts',
  globalTeardown: '<rootDir>/test/support/remove-assembly.ts',
  // A first render loads sharp and the AWS SDK; on a busy machine that alone can take seconds.
  testTimeout: 30_000,
};

export default config;
