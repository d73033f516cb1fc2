import type { Scope } from '@carecommons/access'
import type { Sessions, Tx } from '@carecommons/domain'

/** The one reading transaction of an operation: all it reads stood at one moment, also while new figures are published. */
export interface Operation {
  /** Opens it on first use. */
  tx(): Promise<Tx>
  /** Ends it, if it was opened: throws when it cannot be committed, and then nothing read may be shown. */
  end(outcome: 'commit' | 'rollback'): Promise<void>
}

class RolledBack extends Error {}

export function beginOperation(sessions: Sessions, scope: Scope): Operation {
  let opened: { tx: Promise<Tx>; end(outcome: 'commit' | 'rollback'): Promise<void> } | undefined
  return {
    tx: () => (opened ??= open(sessions, scope)).tx,
    end: async (outcome) => opened?.end(outcome),
  }
}

function open(sessions: Sessions, scope: Scope) {
  const begun = Promise.withResolvers<Tx>()
  const over = Promise.withResolvers<void>()
  const work = (tx: Tx): Promise<void> => {
    begun.resolve(tx)
    return over.promise
  }
  const whole = sessions.within(scope, work, { snapshot: true })
  whole.catch((error: unknown) => begun.reject(error))
  begun.promise.catch(() => undefined) // whoever asked for the transaction gets the error
  return {
    tx: begun.promise,
    async end(outcome: 'commit' | 'rollback'): Promise<void> {
      if (outcome === 'commit') over.resolve()
      else over.reject(new RolledBack())
      await whole.catch((error: unknown) => {
        if (outcome === 'commit' || !(error instanceof RolledBack)) throw error
      })
    },
  }
}
