import type { Clock, Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import { lockCharts } from '#modules/patient'
import { allPractices } from '#modules/practice'
import { LIVE_LOCK } from '#modules/quality'
import { NO_RUN_WAITS } from '#modules/work'
import type { Sessions, Tx } from '#shared/sessions'
import { countCalibration, keepOutcomes } from './calibration.ts'
import { holdsOn } from './override-holds.ts'
import { readRiskCharts } from './read-risk-charts.ts'
import { readRiskCodes, type RiskCodes } from './risk-codes.ts'
import type { RiskInput, RiskResult } from './risk-chart.ts'
import { RISK_VERSION } from './risk-models.ts'
import { scoreChart } from './score-chart.ts'

const CHARTS_AT_ONCE = 100

interface RiskFollower {
  /** Works out the next charts whose risk is older than their facts, their gaps or today; answers how many there were. */
  follow(): Promise<number>
}

/** Can be stopped and repeated at any moment: a chunk of charts is one transaction, and what is worked out is passed over. */
export function openRiskFollower(sessions: Sessions, clock: Clock, timeZone: string): RiskFollower {
  return {
    async follow() {
      const today = clock.today(timeZone)
      const practiceIds = await allPractices(sessions)
      const due = await sessions.within({ kind: 'worker', practiceIds }, async ({ db }) => {
        const { rows } = await sql<{ id: string }>`
          select p.id from unnest(${practiceIds}::uuid[]) p (id)
           where ${NO_RUN_WAITS} and exists (${waiting(sql`p.id`, today)})`.execute(db)
        return rows.length === 0 ? null : { practices: rows.map(({ id }) => id), codes: await readRiskCodes(db) }
      })
      let done = 0
      for (const practiceId of due?.practices ?? [])
        done += await sessions.within({ kind: 'worker', practiceIds: [practiceId] }, ({ db }) =>
          workOutSome(db, { practiceId, today, timeZone, codes: due!.codes }),
        )
      if (done === 0) await countCalibration(sessions, clock, timeZone, practiceIds)
      return done
    },
  }
}

interface Due {
  readonly practiceId: string
  readonly today: Day
  readonly timeZone: string
  readonly codes: RiskCodes
}

async function workOutSome(db: Tx['db'], due: Due): Promise<number> {
  const { practiceId, today } = due
  // Whoever labels a practice or counts its gaps takes these locks in this order, too.
  await sql`select pg_advisory_xact_lock(hashtext(${LIVE_LOCK}))`.execute(db)
  const patientIds = await dueCharts(db, practiceId, today)
  if (patientIds.length === 0) return 0
  await lockCharts(db, practiceId, patientIds)
  const charts = await readRiskCharts(db, { ...due, patientIds })
  await keepOutcomes(db, { ...due, patientIds })
  await keepScores(
    db,
    { practiceId, patientIds, today },
    charts.map((chart) => ({ patientId: chart.patientId, results: scoreChart(chart) })),
  )
  return patientIds.length
}

/** Charts whose facts, gaps or day moved on, and those of which a clinician's word came, ended or is over. */
const waiting = (practiceId: RawBuilder<string>, today: Day) => sql`
  select r.patient_id as id, r.worked_out_on as since from patient_risk r where r.practice_id = ${practiceId} and r.worked_out_on < ${today}::date
   union all
  select o.patient_id, ${today}::date from tier_override o
    join patient_risk r on r.practice_id = o.practice_id and r.patient_id = o.patient_id
   where o.practice_id = ${practiceId} and ${holdsOn('o', today)} and r.override_id is distinct from o.id
   union all
  select r.patient_id, ${today}::date from patient_risk r
    join tier_override o on o.id = r.override_id
   where r.practice_id = ${practiceId} and r.override_id is not null and not (${holdsOn('o', today)})`

async function dueCharts(db: Tx['db'], practiceId: string, today: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (${waiting(sql`${practiceId}::uuid`, today)}) w group by id order by min(since), id limit ${CHARTS_AT_ONCE}`.execute(db)
  return rows.map(({ id }) => id)
}

interface Kept {
  readonly practiceId: string
  readonly patientIds: readonly string[]
  readonly today: Day
}

/** Writes what the models say; of people who died nothing is left. */
async function keepScores(
  db: Tx['db'],
  { practiceId, patientIds, today }: Kept,
  scored: readonly { readonly patientId: string; readonly results: readonly RiskResult[] }[],
): Promise<void> {
  await sql`delete from risk_score where practice_id = ${practiceId} and patient_id = any (${[...patientIds]}::uuid[])`.execute(db)
  const rows = scored.flatMap(({ patientId, results }) => results.map((result) => ({ patient_id: patientId, ...result })))
  const standing = scored.map(({ patientId, results }) => {
    const of = (model: string) => results.find((result) => result.model === model)!
    return {
      patient_id: patientId,
      tier: of('tier').score,
      segment: of('segment').band,
      opportunity: of('opportunity').score,
      reasons: reasonsOf([...of('tier').inputs, ...of('opportunity').inputs]),
    }
  })
  await sql`
    insert into risk_score (practice_id, patient_id, model, version, score, band, inputs, worked_out_on, watermark)
    select ${practiceId}::uuid, r.patient_id, r.model, ${RISK_VERSION}, r.score, r.band, r.inputs, ${today}::date, w.value
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (patient_id uuid, model text, score smallint, band text, inputs jsonb)
     cross join (select max(value) as value from data_watermark) w`.execute(db)
  await sql`
    update patient_risk r set tier = coalesce(n.tier, 0), segment = n.segment, opportunity = coalesce(n.opportunity, 0), reasons = coalesce(n.reasons, '{}'), worked_out_on = ${today}::date,
           watermark = (select max(value) from data_watermark),
           override_id = (select o.id from tier_override o where o.practice_id = r.practice_id and o.patient_id = r.patient_id and ${holdsOn('o', today)})
      from unnest(${[...patientIds]}::uuid[]) p (id)
      left join jsonb_to_recordset(${JSON.stringify(standing)}::jsonb) n (patient_id uuid, tier smallint, segment text, opportunity smallint, reasons text[]) on n.patient_id = p.id
     where r.practice_id = ${practiceId} and r.patient_id = p.id`.execute(db)
  await sql`
    update patient_summary s set risk_rank = n.rank
      from (select r.practice_id, r.patient_id, coalesce(o.tier, r.tier) * 100 + r.opportunity as rank
              from patient_risk r left join tier_override o on o.id = r.override_id
             where r.practice_id = ${practiceId} and r.patient_id = any (${[...patientIds]}::uuid[])) n
     where s.practice_id = n.practice_id and s.patient_id = n.patient_id and s.risk_rank <> n.rank`.execute(db)
}

const MOST_REASONS = 4

/** What weighs most, in words. */
const reasonsOf = (inputs: readonly RiskInput[]): string[] =>
  inputs
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, MOST_REASONS)
    .map(({ text }) => text)
