import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const transform = {
  '\\.tsx?$': [
    fileURLToPath(import.meta.resolve('@swc/jest')),
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        target: 'es2024',
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
      module: { type: 'es6' },
    },
  ],
}
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: root,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testPathIgnorePatterns: ['/node_modules/', '/planted/'],
  modulePathIgnorePatterns: ['/planted/'],
  cacheDirectory: `${root}/node_modules/.cache/jest`,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform,
  ...more,
})

export default {
  rootDir: root,
  projects: [
    project('unit', ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'web/src/**/*.test.ts']),
    project('contract', ['test/contract/**/*.test.ts']),
    project('access', ['test/access/**/*.test.ts']),
    project('jobs', ['test/jobs/**/*.test.ts']),
    project('conformance', ['test/conformance/**/*.test.ts']),
    project('migrations', ['test/migrations/**/*.test.ts']),
    project('faults', ['test/faults/**/*.test.ts']),
    project('browser', ['test/browser/**/*.test.ts']),
  ],
}
