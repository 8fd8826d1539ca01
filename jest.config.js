/** ESM-only packages that jest on Node 20 must have rewritten; the rest of node_modules stays as it is. */
const esm =
  '@nestjs|cookie|iterare|@borewit|file-type|token-types|uint8array-extras|strtok3|@tokenizer|load-esm|jose';
const processors = require('node:os').availableParallelism();
const swc = (jsc) => ['@swc/jest', { jsc: { target: 'es2022', ...jsc }, module: { type: 'commonjs' } }];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Each in a process of its own, also on one or two processors: many suites mostly wait for servers and clocks. More at once
  // would only have the suites with several servers and processes wait for each other.
  maxWorkers: Math.min(4, Math.max(2, processors)),
  // what hundreds of suites leave behind in one process is given back from time to time
  workerIdleMemoryLimit: '1500MB',
  // no test is timed: this only ends one that hangs, also on a busy machine with servers beside it
  testTimeout: 60_000,
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/real/'],
  setupFilesAfterEnv: ['<rootDir>/test/support/hearing.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  transformIgnorePatterns: [`/node_modules/(?!(.*/)?(${esm})/)`],
  moduleNameMapper: {
    '^@rapport/kernel$': '<rootDir>/libs/kernel/index.ts',
    '^@rapport/(kernel/spec|domain/events|domain/commands|domain/values|platform/application)$':
      '<rootDir>/libs/$1.ts',
    '^@rapport/(.*)$': '<rootDir>/libs/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1'],
  },
  transform: {
    '^.+\\.ts$': swc({
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    }),
    '^.+\\.m?js$': swc({}),
  },
};
