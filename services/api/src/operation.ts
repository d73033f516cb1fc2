import type { Scope } from '@carecommons/access'
import type { Sessions, Tx } from '@carecommons/domain'

/** The one reading transaction of an operation: all it reads stood at one moment, also while new figures are published. */
export interface Operation {
  /** Opens it on first use. */
  tx(): Promise<Tx>
  /**
   * Ends it, if it was opened: throws when it cannot be committed, and then nothing read may be shown. `last` is done before the commit and
   * waited for together with it: one round trip for both, and neither stands without the other.
   */
  end(outcome: 'commit' | 'rollback', last?: Last): Promise<void>
}

type Last = (tx: Tx) => Promise<void>

class RolledBack extends Error {}

export function beginOperation(sessions: Sessions, scope: Scope): Operation {
  let opened: ReturnType<typeof open> | undefined
  return {
    tx: () => (opened ??= open(sessions, scope)).tx,
    end: async (outcome, last) => (last ? (opened ??= open(sessions, scope)) : opened)?.end(outcome, last),
  }
}

function open(sessions: Sessions, scope: Scope) {
  const begun = Promise.withResolvers<Tx>()
  const over = Promise.withResolvers<Last | undefined>()
  let lastDone: Promise<void> | undefined
  const work = async (tx: Tx): Promise<void> => {
    begun.resolve(tx)
    // Not waited for: the commit goes out behind it, and fails with it.
    lastDone = (await over.promise)?.(tx)
    lastDone?.catch(() => undefined)
  }
  const whole = sessions.within(scope, work, { snapshot: true })
  whole.catch((error: unknown) => begun.reject(error))
  begun.promise.catch(() => undefined) // whoever asked for the transaction gets the error
  over.promise.catch(() => undefined) // an operation may be over before a connection was free to begin it
  return {
    tx: begun.promise,
    async end(outcome: 'commit' | 'rollback', last?: Last): Promise<void> {
      if (outcome === 'commit') over.resolve(last)
      else over.reject(new RolledBack())
      await whole.catch((error: unknown) => {
        if (outcome === 'commit' || !(error instanceof RolledBack)) throw error
      })
      await lastDone
    },
  }
}
