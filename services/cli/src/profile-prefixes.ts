import { readFileSync, statSync } from 'node:fs'
import { readPrefixTable, type UrlPrefixes } from '@carecommons/cql'
import { CommandFault } from './command-fault.ts'

/** Which canonical prefixes mean the same: the file of `--prefixes` or `COMMONS_PROFILE_PREFIXES`; unless told, those known to the engine. */
export function profilePrefixes(env: NodeJS.ProcessEnv, option?: string): { readonly prefixes?: UrlPrefixes } {
  const path = option ?? env['COMMONS_PROFILE_PREFIXES']
  if (path === undefined || path === '') return {}
  const named = option === undefined ? `COMMONS_PROFILE_PREFIXES names ${path}` : `--prefixes names ${path}`
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new CommandFault(`${named}, where there is no file.`)
  const reading = readPrefixTable(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  if (!reading.ok)
    throw new CommandFault([`${named}, which is no table of prefixes:`, ...reading.problems.map((one) => `  ${one}`)].join('\n'))
  return { prefixes: reading.prefixes }
}
