import { type Day, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { askForMail } from './ask-for-mail.ts'
import { type EmergencyRow, emergencyById } from './emergencies.ts'
import { chartNotFound, reachedChart, uuidOrNobody } from './reached-chart.ts'
import { written } from './words.ts'

export interface BreakGlass {
  readonly practiceId: string
  readonly familyName: string
  readonly givenName: string
  readonly birthDate: Day
  readonly reason: string
}

/** A reason of a word or two is none. */
const LEAST_REASON = 10

/**
 * Opens one chart outside of the own reach, sensitive records included (42 CFR 2.51), for four hours. Whoever knows the exact name,
 * birth date and practice finds it; nobody can browse. Every miss is noted, and after five in an hour nothing opens: always in the
 * same words.
 */
export async function breakGlass(ctx: Ctx, input: BreakGlass): Promise<EmergencyRow | Refusal> {
  const reason = written(input.reason, 'The reason', LEAST_REASON)
  if (isRefusal(reason)) return reason
  return await ctx.write(async (tx) => {
    const practiceId = uuidOrNobody(input.practiceId)
    // One try at a time, so that tries made at once are counted like tries made one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`break glass ${ctx.viewer.membershipId}`}, 0))`.execute(tx.db)
    const { rows } = await sql<{ id: string; patient_id: string }>`
      select * from commons_break_glass(${practiceId}, ${input.familyName}, ${input.givenName}, ${input.birthDate}, ${reason}, ${ctx.userName})`.execute(
      tx.db,
    )
    const [opened] = rows
    if (!opened) {
      await keepEvent(tx, ctx, {
        action: 'create',
        subject: 'EmergencyAccess',
        subjectIds: [],
        purpose: 'emergency',
        outcome: 'denied',
        practiceId,
      })
      return nothingOpened()
    }
    await noteOpening(tx, ctx, { ...opened, practice_id: practiceId })
    return await emergencyById(tx, ctx, opened.id)
  })
}

/** Opens the sensitive records of a chart in the own reach, in an emergency: for four hours, to the acting person alone. */
export async function openInEmergency(ctx: Ctx, patientId: string, why: string): Promise<EmergencyRow | Refusal> {
  const reason = written(why, 'The reason', LEAST_REASON)
  if (isRefusal(reason)) return reason
  return await ctx.write(async (tx) => {
    const chart = await reachedChart(tx, ctx, patientId)
    if (!chart) return chartNotFound()
    const { userId, membershipId, organizationId } = ctx.viewer
    const id = newId<'EmergencyAccess'>()
    await sql`
      insert into emergency_access (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason, opened_at, expires_at)
      values (${id}, ${chart.practiceId}, ${patientId}, ${userId}, ${membershipId}, ${ctx.userName}, ${organizationId}, ${reason}, now(),
              now() + interval '4 hours')`.execute(tx.db)
    await noteOpening(tx, ctx, { id, patient_id: patientId, practice_id: chart.practiceId })
    return await emergencyById(tx, ctx, id)
  })
}

/** Notes it in the audit and has the practice told. */
async function noteOpening(tx: Tx, ctx: Ctx, opened: { id: string; patient_id: string; practice_id: string }): Promise<void> {
  await keepEvent(tx, ctx, {
    action: 'create',
    subject: 'EmergencyAccess',
    purpose: 'emergency',
    subjectIds: [opened.patient_id, opened.id],
    practiceId: opened.practice_id,
  })
  await askForMail(tx, ctx, opened)
}

const nothingOpened = (): Refusal =>
  refused(
    'NothingOpened',
    'No chart was opened. The names must be written as the practice writes them, with the exact birth date and practice. After five misses nothing opens for an hour.',
  )
