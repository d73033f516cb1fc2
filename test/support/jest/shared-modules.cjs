// How test files are loaded: by Node itself, with the product's own loader of TypeScript. What files have in common a worker loads once;
// tests change nothing of it, and what a file does to the process is put back after it (one-realm.cjs).
const { registerHooks } = require('node:module')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { default: Runtime } = require('jest-runtime')
require('../../../scripts/typescript.mjs')

const house = join(__dirname, '../../..')
const urlOf = (path) => pathToFileURL(join(house, path)).href

/** The one module of the product that tests see through another of their own, which says why. */
const ROOM = urlOf('packages/domain/src/shared/room.ts')
const NARROWING = urlOf('test/access/matrix/narrowing.ts')
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    return found.url === ROOM && context.parentURL !== NARROWING ? { ...found, url: NARROWING } : found
  },
})

class SharedModules extends Runtime {
  unstable_shouldLoadAsEsm() {
    return true
  }

  async unstable_importModule(path) {
    return import(pathToFileURL(path).href)
  }

  /** Jest's own modules: what registers a file's tests starts from nothing for each file. */
  requireInternalModule(path) {
    delete require.cache[path]
    delete globalThis[Symbol.for('EVENT_HANDLERS')]
    return require(path)
  }

  /** Nothing is loaded but by Node. */
  installGetBuiltinModule() {}
}

module.exports = SharedModules
