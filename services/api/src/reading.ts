import { type Ability, guestAbility, guestScope, type Scope, scopeFor, type Viewer } from '@carecommons/access'
import { keepEvents, type Sessions, type Tx } from '@carecommons/domain'
import type { Ctx, IntakeLine, OpenSession, PackageDesk, Visit } from '@carecommons/domain/graphql'
import type { Clock } from '@carecommons/kernel'
import { beginOperation, type Operation } from './operation.ts'

interface Means {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly abilityOf: (viewer: Viewer) => Ability
  readonly mayFetch: (url: URL) => boolean
  readonly desk: PackageDesk
  readonly intake: IntakeLine
}

/** What a viewer reads in one request: in the own reach, and chart by chart outside of it, each in a transaction of its own. */
export interface Reading {
  readonly ctx: Ctx
  /** Ends every transaction with its notes; throws when one could not be committed, and then nothing that was read may be shown. */
  end(outcome: 'commit' | 'rollback'): Promise<void>
}

export function beginReading(
  { sessions, clock, abilityOf, mayFetch, desk, intake }: Means,
  { requestId, kept }: Pick<Visit, 'requestId' | 'kept'>,
  session: OpenSession,
): Reading {
  const { viewer, region, user, authenticatedAt } = session
  const begun: Operation[] = []
  // Of the own reach and of charts outside of it alike: one request leaves one row for each practice and kind of record.
  const notes: Ctx['notes'] = []
  const begin = (scope: Scope) => {
    const operation = beginOperation(sessions, scope)
    begun.push(operation)
    return { tx: () => operation.tx(), notes }
  }
  const guests = new Map<string, Ctx>()
  const ctx: Ctx = {
    viewer,
    userName: user.name,
    region,
    clock,
    authenticatedAt,
    ability: abilityOf(viewer),
    requestId,
    kept,
    mayFetch,
    desk,
    intake,
    ...begin(scopeFor(viewer)),
    async write(work) {
      const before = kept.acts
      try {
        return await sessions.within(scopeFor(viewer), work)
      } catch (error) {
        // What was noted in it is gone with it.
        kept.acts = before
        throw error
      }
    },
    guest: null,
    guests,
    visit(chart) {
      const { practiceId, patientId } = chart
      const present = guests.get(patientId)
      if (present) return present
      const ability = guestAbility(viewer, { practiceId, patientId })
      const inner = { ...ctx, ability, ...begin(guestScope(viewer, { practiceId, patientId })), guest: chart }
      guests.set(patientId, inner)
      return inner
    },
  }
  return {
    ctx,
    async end(outcome) {
      const failed: unknown[] = []
      for (const [index, operation] of begun.entries().toArray().toReversed()) {
        // Noted before the last commit, of the own reach: what cannot be noted is not shown.
        const isNoted = index === 0 && outcome === 'commit' && notes.length > 0
        const note = isNoted ? (tx: Tx) => keepEvents(tx, ctx, notes.splice(0)) : undefined
        await (failed.length > 0 ? operation.end('rollback') : operation.end(outcome, note)).catch(
          (error: unknown) => void failed.push(error),
        )
      }
      if (failed.length > 0) throw failed[0]
    },
  }
}
