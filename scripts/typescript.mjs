// Runs TypeScript sources directly: strips types and lowers decorators with swc, cached by content.
// Node's own type stripping cannot lower decorators, which the GraphQL classes use.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { enableCompileCache, registerHooks, setSourceMapsSupport } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import swc from '@swc/core'

const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    target: 'es2024',
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
}

const cacheFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '.cache', 'typescript')
const version = createHash('sha256').update(swc.version).update(JSON.stringify(options)).digest('hex')

// What V8 compiled is kept as well; where nothing can be written it compiles anew.
enableCompileCache(join(cacheFolder, '..', 'v8'))

// Stack traces name lines of the sources, not of what swc made of them.
setSourceMapsSupport(true)

registerHooks({
  load(url, context, nextLoad) {
    if (!/\.tsx?$/.test(url) || url.includes('/node_modules/')) return nextLoad(url, context)
    const file = fileURLToPath(url)
    return { format: 'module', shortCircuit: true, source: compile(file, readFileSync(file, 'utf8')) }
  },
})

function compile(file, text) {
  const cached = join(cacheFolder, createHash('sha256').update(version).update(file).update(text).digest('hex') + '.mjs')
  try {
    return readFileSync(cached, 'utf8')
  } catch {
    const { code } = swc.transformSync(text, { ...options, filename: file })
    keep(cached, code)
    return code
  }
}

function keep(cached, code) {
  try {
    mkdirSync(cacheFolder, { recursive: true })
    const partial = `${cached}.${process.pid}.${performance.now()}`
    writeFileSync(partial, code)
    renameSync(partial, cached)
  } catch (error) {
    // A read-only installation compiles anew every time; nothing else changes.
    if (!['EROFS', 'EACCES', 'ENOSPC'].includes(error.code)) throw error
  }
}
