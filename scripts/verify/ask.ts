// Calls one exported function of one file and sends its answer to the parent process. See call-export.ts.
import { pathToFileURL } from 'node:url'

const [file = '', name = ''] = process.argv.slice(2)
const exported = ((await import(pathToFileURL(file).href)) as Record<string, unknown>)[name]
const answer = typeof exported === 'function' ? { value: await (exported as () => unknown)() } : { missing: true }
process.send?.(answer, () => process.exit(0))
