import { abilityFor } from '@carecommons/access'
import { type Clock, newId } from '@carecommons/kernel'
import type { Standing } from '#modules/identity'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'

/** What a job reads in the name of whoever asked for it, in one transaction under their scope. It changes nothing through it. */
export function jobContext(tx: Tx, { viewer, userName, region }: Standing, clock: Clock): Ctx {
  const notHere = (): never => {
    throw new Error('A job reads, and reaches nothing beside its transaction.')
  }
  return {
    ...{ viewer, userName, region, clock },
    ability: abilityFor(viewer),
    authenticatedAt: null,
    requestId: newId<'Request'>(),
    kept: { acts: 0 },
    mayFetch: () => false,
    get desk() {
      return notHere()
    },
    get intake() {
      return notHere()
    },
    tx: () => Promise.resolve(tx),
    notes: [],
    write: notHere,
    guest: null,
    guests: new Map(),
    visit: notHere,
  }
}
