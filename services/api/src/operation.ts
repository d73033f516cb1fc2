import type { Scope } from '@carecommons/access'
import type { Sessions, Tx } from '@carecommons/domain'

/** The one reading transaction of an operation. */
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
  const whole = sessions.within(scope, (tx) => {
    begun.resolve(tx)
    return over.promise
  })
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
