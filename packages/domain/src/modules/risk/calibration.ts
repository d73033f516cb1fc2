import { addMonths, type Clock, type Day, wilsonInterval } from '@carecommons/kernel'
import { sql } from 'kysely'
import { NO_RUN_WAITS } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Sessions, Tx } from '#shared/sessions'
import { readRiskCharts, type ReadRisk } from './read-risk-charts.ts'
import { scoreChart } from './score-chart.ts'

/** Models of which a stay in hospital within a year is something that they might foretell. */
const CALIBRATED: readonly string[] = ['tier', 'charlson-1987', 'charlson-quan-2011']

/** Fewer people than this are never told apart. */
const LEAST = 11

/** The first day of the month of a year ago: with it the figures move once a month. */
const outcomeDay = (today: Day): Day => addMonths(`${today.slice(0, 7)}-01`, -12)

/**
 * What the models would have said of charts on that day, by the problems and visits that were there then, and whether a stay in hospital began
 * in the year after it. Charts that nothing tells of before that day are left out.
 */
export async function keepOutcomes(db: Tx['db'], asked: ReadRisk): Promise<void> {
  const on = outcomeDay(asked.today)
  const { practiceId } = asked
  const patientIds = await waiting(db, asked, on)
  if (patientIds.length === 0) return
  const [before, since] = [
    await readRiskCharts(db, { ...asked, patientIds, today: on }),
    await readRiskCharts(db, { ...asked, patientIds, today: addMonths(on, 12) }),
  ]
  const stayed = new Set(since.filter(({ stays }) => stays.some((stay) => stay.on > on)).map(({ patientId }) => patientId))
  const rows = before
    .filter(({ problems, stays, emergencies, values }) =>
      [problems, stays, emergencies, ...Object.values(values)].some((of) => of.length > 0),
    )
    .flatMap((chart) =>
      scoreChart(chart)
        .filter(({ model }) => CALIBRATED.includes(model))
        .map(({ model, score }) => ({ patient_id: chart.patientId, model, score, stayed: stayed.has(chart.patientId) })),
    )
  await sql`delete from risk_outcome where practice_id = ${practiceId} and patient_id = any (${patientIds}::uuid[])`.execute(db)
  await sql`
    insert into risk_outcome (practice_id, patient_id, model, score, stayed)
    select ${practiceId}::uuid, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (patient_id uuid, model text, score smallint, stayed boolean)`.execute(
    db,
  )
  await sql`update patient_risk set outcome_on = ${on}::date where practice_id = ${practiceId} and patient_id = any (${patientIds}::uuid[])`.execute(
    db,
  )
}

/** Those of another month, and those whose facts changed. */
async function waiting(db: Tx['db'], { practiceId, patientIds }: ReadRisk, on: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select patient_id as id from patient_risk
     where practice_id = ${practiceId} and patient_id = any (${[...patientIds]}::uuid[]) and (outcome_on is distinct from ${on}::date or segment is null)`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Once a day, when no chart waits: sums of the whole region, small ones left out. */
export function countCalibration(sessions: Sessions, clock: Clock, timeZone: string, practiceIds: readonly string[]): Promise<void> {
  const today = clock.today(timeZone)
  return sessions.within({ kind: 'worker', practiceIds: [...practiceIds] }, async ({ db }) => {
    const { rows } = await sql`
      select from (select pg_advisory_xact_lock(hashtext('risk.calibration'))) l
       where ${NO_RUN_WAITS} and not exists (select from risk_calibration where counted_on = ${today}::date)`.execute(db)
    if (rows.length === 0) return
    await sql`delete from risk_calibration`.execute(db)
    await sql`
      insert into risk_calibration (model, score, people, stayed, as_of, counted_on)
      select model, score, people, case when stayed >= ${LEAST} and people - stayed >= ${LEAST} then stayed end, ${outcomeDay(today)}::date, ${today}::date
        from (select o.model, o.score, count(*)::int as people, (count(*) filter (where o.stayed))::int as stayed from risk_outcome o
               group by o.model, o.score) r
       where people >= ${LEAST}`.execute(db)
  })
}

export interface CalibrationBand {
  readonly model: string
  readonly score: number
  readonly people: number
  readonly stayed: number | null
  readonly asOf: Day
  readonly interval: { readonly low: number; readonly high: number } | null
}

/** What followed in this region, by model and score. */
export async function readCalibration(ctx: Ctx): Promise<CalibrationBand[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<CalibrationBand, 'interval'>>`
    select model, score, people, stayed, as_of as "asOf" from risk_calibration order by model, score`.execute(db)
  return rows.map((row) => ({ ...row, interval: row.stayed === null ? null : wilsonInterval(row.stayed, row.people) }))
}
