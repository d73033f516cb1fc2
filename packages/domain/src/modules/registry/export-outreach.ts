import { writeCsv } from '@carecommons/interop'
import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { REDISCLOSURE_SHORT } from '#modules/consent'
import { openSummaries } from '#modules/patient'
import { comingAmong, exceptionsOf, hasComingGap, hasOpenGap, labelledGaps, lastDayToClose, readComingState } from '#modules/quality'
import type { Ctx } from '#shared/context'
import { noteSensitive } from '#shared/note-sensitive'
import { room } from '#shared/room'

export interface OutreachAsked {
  /** Id of a measure. */
  readonly measure: string
  /** Those as well whose closed gap comes due within so many days; null: open gaps alone. */
  readonly withinDays: number | null
  /** Of these charts those with the gap; null: everybody in the own reach with it. */
  readonly patientIds: readonly string[] | null
}

const HEAD = [
  'chart',
  'family_name',
  'given_name',
  'birth_date',
  'phone',
  'record_number',
  'clinician',
  'last_visit',
  'gap',
  'due_on',
  'exception_until',
  'notice',
]
/** More than anybody calls; whoever has more narrows the list. */
const MOST = 5000

/**
 * The living people with an open gap, or one that comes due, as a list to call, by name. Those with an exception are on it, and it says so.
 * Noted as an export. An open gap is due on the last day of its period.
 */
export async function exportOutreach(ctx: Ctx, { measure, withinDays, patientIds }: OutreachAsked): Promise<string | Refusal> {
  const tx = await ctx.tx()
  if (withinDays !== null && (await readComingState(ctx)) !== 'ready')
    return refused(
      'ComingGapsNotReady',
      'Which gaps come due is being worked out. Try again in a few minutes, or take the open gaps alone.',
    )
  const hasGap =
    withinDays === null ? hasOpenGap(ctx, measure) : sql`(${hasOpenGap(ctx, measure)} or ${hasComingGap(ctx, { withinDays, measure })})`
  const rows = await openSummaries(tx, ctx)
    .innerJoin('patient as p', (join) => join.onRef('p.practice_id', '=', 's.practice_id').onRef('p.id', '=', 's.patient_id'))
    .where(room(ctx, 'export', 'Chart', { practiceId: 's.practice_id' }))
    .where(sql<boolean>`not s.deceased and ${hasGap}`)
    .$if(patientIds !== null, (query) => query.where('p.id', 'in', [NOBODY, ...(patientIds ?? []).filter(isUuid)]))
    .select(['p.practice_id', 'p.id', 'p.family_name', 'p.given_name', 'p.birth_date', 'p.phone', 'p.record_number', 'p.clinician'])
    .select(['s.last_visit_on', hasOpenGap(ctx, measure).as('is_open')])
    .orderBy('s.sort_name')
    .orderBy('s.patient_id')
    .limit(MOST)
    .execute()
  const ids = rows.map(({ id }) => id)
  const live = (await exceptionsOf(ctx, ids)).filter(({ live, measureId }) => live && measureId === measure)
  // Of several the one that holds longest.
  const byEnd = live.toSorted((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1))
  const until = new Map(byEnd.map(({ patientId, expiresOn }) => [patientId, expiresOn]))
  const lastDay = await lastDayToClose(ctx)
  const coming = withinDays === null ? [] : await comingAmong(ctx, { withinDays, measure }, ids)
  const comingOn = new Map(coming.map(({ patient_id, due_on }) => [patient_id, due_on]))
  const labelled = [...(await labelledGaps(ctx, measure, ids)), ...coming, ...live]
  const isPart2 = new Set(labelled.filter(({ sensitivity }) => sensitivity === 'part2').map(({ patient_id }) => patient_id))
  const byPractice = [...Map.groupBy(rows, ({ practice_id }) => practice_id)]
  for (const [practiceId, of] of byPractice)
    ctx.notes.push({ action: 'export', subject: 'Chart', subjectIds: of.map(({ id }) => id), practiceId })
  noteSensitive(ctx, labelled, 'export')
  if (rows.length === 0) ctx.notes.push({ action: 'export', subject: 'Chart', subjectIds: [] })
  return writeCsv([
    HEAD,
    ...rows.map((row) => [
      ...[row.id, row.family_name, row.given_name, row.birth_date, row.phone, row.record_number, row.clinician, row.last_visit_on],
      ...[row.is_open ? 'open' : 'coming', row.is_open ? lastDay : (comingOn.get(row.id) ?? null)],
      ...[until.get(row.id) ?? null, isPart2.has(row.id) ? REDISCLOSURE_SHORT : null],
    ]),
  ])
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
