import type { Viewer } from '@carecommons/access'
import { GraphQLError } from 'graphql'
import type { Ctx } from '#shared/context'
import type { Moved, Movement } from '#shared/movements'
import type { Visit } from '#shared/visit'

/** A subscription behind the door. */
export interface Watching {
  readonly visit: Visit
  readonly ctx: Ctx | null
}

/**
 * Places and gaps of charts in reach, by name of the chart; patients are told of their own. Who works with charts is not told of what is
 * labelled, whatever consents there are: a chart that seems to have moved for nothing would say whose such records are.
 */
export function watchCharts({ visit, ctx }: Watching): AsyncIterableIterator<Moved> {
  const { viewer } = behindTheDoor(ctx)
  const reach = new Set<string>(viewer.practiceIds)
  return watch(visit, behindTheDoor(ctx), (movement) => {
    if (movement.what !== 'figures') return null
    const { practiceId, patientIds, labelledIds = [] } = movement
    if (practiceId !== null && !reach.has(practiceId)) return null
    if (patientIds === null) return { patientIds }
    if (viewer.patientId === null) return patientIds.length > 0 ? { patientIds } : null
    return [...patientIds, ...labelledIds].includes(viewer.patientId) ? { patientIds: [viewer.patientId] } : null
  })
}

/** The figures of the region: that they moved, and not through whom. */
export const watchRegion = ({ visit, ctx }: Watching): AsyncIterableIterator<Moved> =>
  watch(visit, behindTheDoor(ctx), ({ what }) => (what === 'figures' ? SOMEWHERE : null))

/** Metric runs, comparisons, decks and trials: how far they are, and whether they are over. */
export const watchRuns = ({ visit, ctx }: Watching): AsyncIterableIterator<Moved> =>
  watch(visit, behindTheDoor(ctx), ({ what }) => (what === 'runs' ? SOMEWHERE : null))

const SOMEWHERE: Moved = { patientIds: null }

function watch(visit: Visit, { viewer }: Ctx, tell: (movement: Movement) => Moved | null): AsyncIterableIterator<Moved> {
  return visit.movements.watch({
    userId: viewer.userId,
    tell,
    // Another role or reach is another watch: whose assignment ended is told of nothing more.
    async mayGoOn() {
      const found = await visit.look(false)
      return found.state === 'open' && standingOf(found.session.viewer) === standingOf(viewer)
    },
  })
}

const standingOf = ({ membershipId, role, patientId, practiceIds }: Viewer): string =>
  JSON.stringify([membershipId, role, patientId, practiceIds.toSorted()])

function behindTheDoor(ctx: Ctx | null): Ctx {
  if (!ctx) throw new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })
  return ctx
}
