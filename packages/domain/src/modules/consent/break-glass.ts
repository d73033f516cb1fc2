import { type Day, isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { askForJob } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { type EmergencyRow, emergencyById } from './emergencies.ts'
import { chartNotFound, reachedChart, uuidOrNobody } from './reached-chart.ts'
import { reasonIn } from './words.ts'

export interface BreakGlass {
  readonly practiceId: string
  readonly familyName: string
  readonly givenName: string
  readonly birthDate: Day
  readonly reason: string
}

/**
 * Opens one chart outside of the own reach, sensitive records included (42 CFR 2.51), for four hours. Whoever knows the exact name,
 * birth date and practice finds it; nobody can browse. Every miss is noted, and after five in an hour nothing opens: always in the
 * same words.
 */
export async function breakGlass(ctx: Ctx, input: BreakGlass): Promise<EmergencyRow | Refusal> {
  const reason = reasonIn(input.reason)
  if (isRefusal(reason)) return reason
  return await ctx.write(async (tx) => {
    const practiceId = uuidOrNobody(input.practiceId)
    // One try at a time, so that tries made at once are counted like tries made one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`break glass ${ctx.viewer.membershipId}`}, 0))`.execute(tx.db)
    const { rows } = await sql<{ id: string | null; patient_id: string; barred: boolean }>`
      select * from commons_break_glass(${practiceId}, ${input.familyName}, ${input.givenName}, ${input.birthDate}, ${reason})`.execute(
      tx.db,
    )
    const [found] = rows
    if (!found?.id) {
      await noteRefusal(tx, ctx, { practiceId, patientId: found?.patient_id ?? null })
      // Whoever is barred has opened this very chart before and learns nothing from being told.
      return found ? barred() : nothingOpened()
    }
    await noteOpening(tx, ctx, { id: found.id, patient_id: found.patient_id, practice_id: practiceId })
    return await emergencyById(tx, ctx, found.id)
  })
}

/** Opens the sensitive records of a chart in the own reach, in an emergency: for four hours, to the acting person alone. */
export async function openInEmergency(ctx: Ctx, patientId: string, why: string): Promise<EmergencyRow | Refusal> {
  const reason = reasonIn(why)
  if (isRefusal(reason)) return reason
  return await ctx.write(async (tx) => {
    const chart = await reachedChart(tx, ctx, patientId)
    if (!chart) return chartNotFound()
    if (await isBarred(tx, ctx, { patientId, practiceId: chart.practiceId })) {
      await noteRefusal(tx, ctx, { patientId, practiceId: chart.practiceId })
      return barred()
    }
    const { rows } = await sql<{ id: string }>`select id from commons_open_in_emergency(${patientId}, ${reason})`.execute(tx.db)
    const [opened] = rows
    if (!opened) return chartNotFound()
    await noteOpening(tx, ctx, { id: opened.id, patient_id: patientId, practice_id: chart.practiceId })
    return await emergencyById(tx, ctx, opened.id)
  })
}

/** The practice contested an emergency of the acting person and has not lifted what followed. */
async function isBarred(tx: Tx, { viewer }: Ctx, { practiceId, patientId }: Chart): Promise<boolean> {
  const { rows } = await sql`
    select from emergency_bar b
     where b.practice_id = ${practiceId} and b.patient_id = ${patientId} and b.user_id = ${viewer.userId} and b.lifted_at is null`.execute(
    tx.db,
  )
  return rows.length > 0
}

interface Chart {
  readonly practiceId: string
  readonly patientId: string | null
}

/** In the audit of the practice whose door it was. */
const noteRefusal = (tx: Tx, ctx: Ctx, { practiceId, patientId }: Chart): Promise<void> =>
  keepEvent(tx, ctx, {
    action: 'create',
    subject: 'EmergencyAccess',
    subjectIds: patientId === null ? [] : [patientId],
    purpose: 'emergency',
    outcome: 'denied',
    practiceId,
  })

/** Notes it in the audit and has the practice told. */
async function noteOpening(tx: Tx, ctx: Ctx, opened: { id: string; patient_id: string; practice_id: string }): Promise<void> {
  await keepEvent(tx, ctx, {
    action: 'create',
    subject: 'EmergencyAccess',
    purpose: 'emergency',
    subjectIds: [opened.patient_id, opened.id],
    practiceId: opened.practice_id,
  })
  await askForJob(tx.db, {
    name: 'mail.emergency',
    subjectId: opened.id,
    practiceId: opened.practice_id,
    at: ctx.clock.now().toISOString(),
  })
}

const barred = (): Refusal =>
  refused(
    'EmergencyBarred',
    'The practice contested your last emergency access to this chart. It opens to you again once its administrator lifts that; call them.',
  )

const nothingOpened = (): Refusal =>
  refused(
    'NothingOpened',
    'No chart was opened. The names must be written as the practice writes them, with the exact birth date and practice. After five misses nothing opens for an hour.',
  )
