import { join } from 'node:path'
import { type Finished, runProgram } from './run-program.ts'

/** The folder this repository lives in; tools come from here whichever folder they judge. */
export const repository = join(import.meta.dirname, '..', '..')

export function runTool(tool: string, args: readonly string[], root: string): Promise<Finished> {
  return runProgram(join(repository, 'node_modules', '.bin', tool), args, { cwd: root, env: { FORCE_COLOR: '0', NO_COLOR: '1' } })
}

/** What a tool printed as JSON; when it printed something else it broke, and its own words say why. */
export function parseReport<Report>(tool: string, { code, stdout, stderr }: Finished): Report {
  try {
    return JSON.parse(stdout) as Report
  } catch {
    throw new Error(`${tool} broke (exit code ${code}):\n${stdout}${stderr}`)
  }
}

/** Where a tool may keep what it learned; planted houses start from nothing. */
export function cacheFolder(name: string, root: string): string | undefined {
  return root === repository ? join(repository, 'node_modules', '.cache', name) : undefined
}
