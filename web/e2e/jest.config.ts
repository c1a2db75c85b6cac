import type { Config } from 'jest';
import base from '../../jest.config.ts';

/** The browser tests: one server for all of them, one browser for each file, one file at a time. */
const config: Config = {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/web/e2e'],
  testMatch: ['**/*.e2e.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
  globalSetup: '<rootDir>/web/e2e/setup/start.ts',
  globalTeardown: '<rootDir>/web/e2e/setup/stop.ts',
};

export default config;
