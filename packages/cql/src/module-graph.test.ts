import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** What is loaded on the way to some modules, in a process of its own. */
function loadedBy(...modules: string[]): string[] {
  const source = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ resolve(specifier, context, next) { const found = next(specifier, context); seen.push(found.url); return found } })
    for (const one of ${JSON.stringify(modules)}) await import(one)
    console.log(JSON.stringify(seen))`
  const args = ['--import', './scripts/typescript.mjs', '--input-type=module', '--eval', source]
  return JSON.parse(execFileSync(process.execPath, args, { cwd: repository, encoding: 'utf8' })) as string[]
}

it('holds none of the engines that ours is compared with', () => {
  const loaded = loadedBy(
    './packages/cql/src/index.ts',
    './packages/cql/src/pool/engine-thread.ts',
    './packages/cql/src/front-end/translate-thread.ts',
  )
  expect(loaded.some((url) => url.endsWith('/compiler/compiler.ts'))).toBe(true)
  // Of cql-exec-fhir only the file of FHIR's types is read.
  const code = loaded.filter((url) => !url.endsWith('.xml'))
  expect(code.filter((url) => /cql-exec|fqm-execution|\/interpreter\//.test(url))).toEqual([])
}, 30_000)
