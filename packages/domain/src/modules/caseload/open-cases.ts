import { isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { chartRoom, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { CareProgram } from './caseload.entity.ts'
import { type CaseRow, casesOf } from './read-caseload.ts'
import { weightsOf } from './weights.ts'

export interface OpenCases {
  readonly patientIds: readonly string[]
  readonly program: CareProgram
}

export interface CasesOpened {
  readonly opened: number
  /** Who was in the program already. */
  readonly already: number
  /** All of them, as they stand. */
  readonly cases: readonly CaseRow[]
}

const MOST_AT_ONCE = 200

/** Puts people on the list of those who wait for a care manager: all of them or none. Asking twice opens once. */
export function openCases(ctx: Ctx, { patientIds, program }: OpenCases): Promise<CasesOpened | Refusal> {
  const ids = [...new Set(patientIds)]
  if (ids.length === 0 || ids.length > MOST_AT_ONCE)
    return Promise.resolve(refused('TooMany', `Between 1 and ${MOST_AT_ONCE} people are put on the list at once.`))
  return ctx.write(async (tx) => {
    const charts = await chartsOf(tx, ctx, ids)
    if (charts.length < ids.length)
      return refused('ChartNotFound', 'There is no such chart among those that you may put on the list. Nobody was put on it.')
    if (charts.some(({ deceased }) => deceased)) return refused('PatientDied', 'One of them has died. Nobody was put on the list.')
    const opened = await insert(tx, ctx, charts, program)
    for (const [practiceId, of] of Map.groupBy(charts, (chart) => chart.practice_id)) {
      const subjectIds = [...of.map(({ id }) => id), ...opened.filter((one) => one.practice_id === practiceId).map(({ id }) => id)]
      await keepEvent(tx, ctx, { action: 'create', subject: 'Caseload', subjectIds, practiceId })
    }
    return {
      opened: opened.length,
      already: charts.length - opened.length,
      cases: await casesOf(tx, ctx, await casesOfCharts(tx, charts, program)),
    }
  })
}

interface ChartHere {
  readonly id: string
  readonly practice_id: string
  readonly deceased: boolean
}

async function chartsOf({ db }: Tx, ctx: Ctx, ids: readonly string[]): Promise<ChartHere[]> {
  const { rows } = await sql<ChartHere>`
    select p.id, p.practice_id, p.deceased from patient p
     where p.id = any (${ids.filter(isUuid)}::uuid[]) and ${chartRoom(ctx, 'p', 'id')}
       and ${room(ctx, 'create', 'Caseload', { practiceId: 'p.practice_id' })}`.execute(db)
  return rows
}

async function insert({ db }: Tx, ctx: Ctx, charts: readonly ChartHere[], program: CareProgram) {
  const today = ctx.clock.today(ctx.region.timeZone)
  const chosen = sql`(select * from unnest(${charts.map(() => newId<'CareCase'>())}::uuid[], ${charts.map((chart) => chart.practice_id)}::uuid[],
                                           ${charts.map(({ id }) => id)}::uuid[]) e (id, practice_id, patient_id))`
  const { rows } = await sql<{ id: string; practice_id: string }>`
    insert into care_case (id, practice_id, patient_id, program, points, due_on, opened_on, opened_by, opened_by_name)
    select e.id, e.practice_id, e.patient_id, ${program}, w.points, w.due_on, ${today}::date, ${ctx.viewer.userId}, ${ctx.userName}
      from ${chosen} e join ${weightsOf(chosen, today)} w on w.practice_id = e.practice_id and w.patient_id = e.patient_id
    on conflict (practice_id, patient_id, program) where closed_at is null do nothing returning id, practice_id`.execute(db)
  return rows
}

async function casesOfCharts({ db }: Tx, charts: readonly ChartHere[], program: CareProgram): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from care_case c where c.patient_id = any (${charts.map(({ id }) => id)}::uuid[]) and c.practice_id = any (${charts.map((one) => one.practice_id)}::uuid[])
       and c.program = ${program} and c.closed_at is null`.execute(db)
  return rows.map(({ id }) => id)
}
