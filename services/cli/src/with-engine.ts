import { type EnginePool, openEnginePool, type UrlPrefixes } from '@carecommons/cql'
import { CommandFault } from './command-fault.ts'

/** Does something with an engine in a thread of its own: a measure that loops or eats memory ends with its words, not with the process. */
export async function withEngine<T>(prefixes: UrlPrefixes | undefined, work: (pool: EnginePool) => Promise<T>): Promise<T> {
  const pool = openEnginePool({ threads: 1, memoryMb: 1024, seconds: 60, prefixes })
  try {
    return await work(pool)
  } catch (error) {
    if (error instanceof Error && /^(The measures could not|An engine thread)/.test(error.message)) throw new CommandFault(error.message)
    throw error
  } finally {
    await pool.close()
  }
}
