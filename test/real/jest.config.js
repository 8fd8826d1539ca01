/**
 * The long and the real: the contract suites and the sieges again, with ten times the kills, and whatever real server is
 * named by the environment. A server that is not named, or that nothing here speaks to yet, is said in a plain line.
 */
process.env.RAPPORT_KILLS ??= '2000';

/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['<rootDir>/test/{real,contracts,faults,journeys}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
