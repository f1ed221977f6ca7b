/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Copies of packages, which Jest would find a second time under the same names.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
  // Parts of the apps that test/consumers installs the packages into, which run there; and those of jest.e2e.config.ts.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/consumers/', '\\.e2e\\.test\\.ts$'],
  // One test file in each of two processes: more only take turns on what CI has.
  maxWorkers: 2,
  // thumbhash is an ES module only.
  transformIgnorePatterns: ['/node_modules/(?!thumbhash/)'],
  transform: {
    '(\\.ts|/thumbhash\\.js)$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
    ],
  },
  runtime: '<rootDir>/test/support/runtime.cjs',
  globalSetup: '<rootDir>/test/support/set-up.ts',
  globalTeardown: '<rootDir>/test/support/tear-down.ts',
  // A first render loads sharp and the AWS SDK; on a busy machine that alone can take seconds.
  testTimeout: 60_000,
};

export default config;
