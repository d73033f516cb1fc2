import { setTimeout as pause } from 'node:timers/promises'

/** How often work is begun in all. */
const TURNS = 4

/** Whoever waited for the rows takes them meanwhile; who begins anew at once may be there first and stand in the same circle again. */
const PAUSE_MS = 50

/** Deadlock detected, serialization failure: PostgreSQL ended the transaction so that another could go on, and it may be begun again. */
const LET_GO = new Set(['40P01', '40001'])

/**
 * Does a transaction's work again when PostgreSQL chose it to be let go first. The work must hold nothing of a turn that came to nothing: whatever
 * it changes beside the database it changes when the transaction has ended well, or in `undo`.
 */
export async function pastDeadlocks<T>(work: () => Promise<T>, undo: () => void = () => undefined): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await work()
    } catch (error) {
      undo()
      const isLetGo = error instanceof Error && 'code' in error && LET_GO.has(String(error.code))
      if (!isLetGo || turn === TURNS) throw error
      await pause(PAUSE_MS * turn)
    }
  }
}
