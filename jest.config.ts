import type { Config } from 'jest';

const config: Config = {
  testEnvironment: './scripts/testing/test-environment.ts',
  roots: ['functions', 'infra', 'layers', 'scripts', 'web'].map((room) => `<rootDir>/${room}`),
  testMatch: ['**/*.test.ts'],
  // On two cores Jest would take one process, which often only waits for what it started.
  maxWorkers: 2,
  // Tests that start the worker or a command share two cores with the Python suites.
  testTimeout: 30_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

export default config;
