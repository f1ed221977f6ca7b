/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';
import tests from './jest.config';

/** Whole programs: a browser, packages, the documents' commands, and long runs of one function. */
const config: Config = {
  ...tests,
  testMatch: ['<rootDir>/test/**/*.e2e.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/consumers/'],
};

export default config;
