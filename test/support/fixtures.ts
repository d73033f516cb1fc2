import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = process.env['COMMONS_FIXTURES'] ?? resolve(import.meta.dirname, '../../../shared')

/**
 * A file or folder of the fixtures, or null where they are not: the tests concerned then print "not run". In continuous checks a
 * missing fixture is a failure.
 */
export function fixture(path: string): string | null {
  const found = join(folder, path)
  if (existsSync(found)) return found
  if (process.env['CI'] === 'true') throw new Error(`The fixture ${path} is missing; COMMONS_FIXTURES names the folder that holds it.`)
  console.log(`not run: the fixture ${path} is not on this machine (COMMONS_FIXTURES)`)
  return null
}
