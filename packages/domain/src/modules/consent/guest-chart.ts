import { sql } from 'kysely'
import { organizationsById, type OrganizationRow } from '#modules/practice'
import type { Ctx, GuestChart } from '#shared/context'
import { isOpen } from '#shared/room'
import { uuidOrNobody } from './reached-chart.ts'
import { categoriesFor, everyShareCategory, type ShareCategory } from './share-category.ts'

interface Opening {
  readonly practice_id: string
  readonly by: 'share-grant' | 'emergency'
  readonly categories: readonly ShareCategory[]
  readonly expires_at: string
}

export interface OpenedChart {
  readonly guest: GuestChart
  readonly expiresAt: string
}

/**
 * What opens a chart outside of the viewer's reach: an emergency of the acting membership, else the share grants to the acting practice.
 * Asked of every id that the own reach does not know, so that a foreign one takes as long as a missing one.
 */
export async function findOpening(ctx: Ctx, patientId: string): Promise<OpenedChart | null> {
  const { db } = await ctx.tx()
  const id = uuidOrNobody(patientId)
  const { rows } = await sql<Opening>`
    select e.practice_id, 'emergency' as by, ${[...everyShareCategory]}::text[] as categories, e.expires_at
      from emergency_access e
     where e.patient_id = ${id} and e.membership_id = ${ctx.viewer.membershipId} and ${isOpen('e')}
    union all
    select g.practice_id, 'share-grant', g.categories, g.expires_at
      from share_grant g
     where g.patient_id = ${id} and g.recipient_id = ${recipientIn(ctx)} and ${isOpen('g')}`.execute(db)
  const by = rows.some((row) => row.by === 'emergency') ? 'emergency' : 'share-grant'
  const all = rows.filter((row) => row.by === by)
  const [first] = all
  if (!first) return null
  const categories = categoriesFor(
    ctx,
    everyShareCategory.filter((category) => all.some((row) => row.categories.includes(category))),
  )
  const expiresAt = all.map((row) => row.expires_at).reduce((one, other) => (Date.parse(one) > Date.parse(other) ? one : other))
  return { guest: { practiceId: first.practice_id, patientId, by, categories }, expiresAt }
}

/** By which rule a chart of another practice is open, for those that are; null for charts in the own reach. */
export async function guestAccess(ctx: Ctx, patientId: string): Promise<GuestAccess | null> {
  const guest = ctx.guests.get(patientId)?.guest
  const opening = guest && (await findOpening(ctx, patientId))
  if (!opening) return null
  const { by: rule, practiceId, categories } = opening.guest
  const practice = (await organizationsById(ctx, [practiceId])).get(practiceId)!
  const words =
    rule === 'emergency'
      ? `You opened this chart in an emergency. ${practice.name} was told who opened it and why.`
      : `${practice.name} shared ${categories.join(', ')}. Everything else stays with them: ask them if you need more.`
  return { rule, practice, categories, expiresAt: opening.expiresAt, words }
}

interface GuestAccess {
  readonly rule: 'share-grant' | 'emergency'
  readonly practice: OrganizationRow
  readonly categories: readonly ShareCategory[]
  readonly expiresAt: string
  readonly words: string
}

/** The acting practice while it is active; nobody for everybody else. */
export const recipientIn = ({ viewer }: Ctx): string =>
  viewer.patientId === null && viewer.practiceIds.includes(viewer.organizationId) ? viewer.organizationId : uuidOrNobody('')
