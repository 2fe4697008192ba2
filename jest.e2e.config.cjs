/** Browser tests: a real Chromium against the real service, one file after the other. */
const { roots, testPathIgnorePatterns, ...unit } = require('./jest.config.cjs');
module.exports = {
  ...unit,
  roots: ['<rootDir>/test/e2e'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/e2e/build.cjs',
  maxWorkers: 1,
  testTimeout: 60_000,
};
