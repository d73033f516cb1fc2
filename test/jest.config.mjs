import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: root,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testPathIgnorePatterns: ['/node_modules/', '/planted/'],
  modulePathIgnorePatterns: ['/planted/', '/[.]cache/'],
  cacheDirectory: `${root}/node_modules/.cache/jest`,
  // Node loads what is tested, as it does in earnest; Jest's own loader would load all of it anew for each file.
  testEnvironment: `${root}/test/support/jest/one-realm.cjs`,
  runtime: `${root}/test/support/jest/shared-modules.cjs`,
  transform: {},
  ...more,
})

/** Suites that talk to PostgreSQL find a server's address in COMMONS_TEST_CLUSTER. */
const withServer = { globalSetup: `${root}/test/support/global-setup.mjs`, globalTeardown: `${root}/test/support/global-teardown.mjs` }

export default {
  rootDir: root,
  // Two cores that are busy with something else must not fail a test.
  testTimeout: 120_000,
  // A worker that ends writes down what V8 compiled.
  workerGracefulExitTimeout: 10_000,
  projects: [
    project('unit', ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'web/src/**/*.test.ts']),
    project('contract', ['test/contract/**/*.test.ts'], withServer),
    project('access', ['test/access/**/*.test.ts'], withServer),
    project('conformance', ['test/conformance/**/*.test.ts'], withServer),
    project('migrations', ['test/migrations/**/*.test.ts'], withServer),
    project('jobs', ['test/jobs/**/*.test.ts'], withServer),
    project('faults', ['test/faults/**/*.test.ts'], withServer),
    project('browser', ['test/browser/**/*.test.ts'], withServer),
  ],
}
