import { isUuid } from '@carecommons/kernel'
import { sql } from 'kysely'
import { findOpening } from '#modules/consent'
import type { Ctx } from '#shared/context'
import { chartRoom } from '#shared/room'
import type { PatientType } from './patient.graphql.ts'
import { type IdentityRow, identityOf, readCharts } from './read-charts.ts'

/**
 * One chart: in the own reach, or opened from outside by a share grant or an emergency. What is not a chart's id, no chart, or another
 * practice's chart gets the same answer by the same way: null.
 */
export async function openPatient(ctx: Ctx, id: string): Promise<PatientType | null> {
  const known = isUuid(id)
  const [own] = await readCharts(ctx, [known ? id : NOBODY])
  const chart = own ?? (await openFromOutside(ctx, id))
  // The note says what was asked for and not which of the three it was.
  if (!chart) ctx.notes.push({ action: 'read', subject: 'Chart', subjectIds: known ? [id] : [], outcome: 'not-found' })
  return chart
}

/** Who it is, in a transaction of the grant's own; what else is open, the fields read there. Closed fields are empty. */
async function openFromOutside(ctx: Ctx, id: string): Promise<PatientType | null> {
  const opening = await findOpening(ctx, id)
  if (!opening) return null
  const guest = ctx.visit(opening.guest)
  const tx = await guest.tx()
  const { rows } = await sql<IdentityRow>`
    select p.practice_id, p.id, p.family_name, p.given_name, p.birth_date, p.gender, p.deceased_on
      from patient p where p.practice_id = ${opening.guest.practiceId} and p.id = ${id} and ${chartRoom(guest, 'p', 'id')}`.execute(tx.db)
  const [row] = rows
  if (!row) return null
  const purpose = opening.guest.by === 'emergency' ? 'emergency' : 'shared'
  guest.notes.push({ action: 'read', subject: 'Chart', subjectIds: [id], practiceId: row.practice_id, purpose })
  return { ...identityOf(row, ctx.clock.today(ctx.region.timeZone)), ...CLOSED }
}

const CLOSED = {
  recordNumber: null,
  phone: null,
  address: null,
  clinician: null,
  latestA1c: null,
  latestBloodPressure: null,
  latestPhq9: null,
  lastVisit: null,
  careManager: null,
  lastContact: null,
  openGapCount: 0,
  resourceCount: 0,
} as const

/** No chart has the nil UUID: a malformed id goes the same way as a missing one, and takes the same time. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
