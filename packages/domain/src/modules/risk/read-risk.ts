import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { type Written, written } from '#shared/written'
import type { SqlBool } from 'kysely'
import type { RiskInput } from './risk-chart.ts'
import { holdsOn } from './override-holds.ts'
import type { PatientRiskType, RiskScoreType } from './risk.graphql.ts'
import { riskModels } from './risk-models.ts'
import { hasNoRisk } from './risk-room.ts'
import { type Segment, segmentRules, tierRules } from './tier-tables.ts'

const riskRoom = (ctx: Ctx, table: string): Written<SqlBool> =>
  room(ctx, 'read', 'ClinicalRecord', { practiceId: `${table}.practice_id`, patientId: `${table}.patient_id` })

interface RiskRow {
  readonly id: string
  readonly tier: number
  readonly workedOutTier: number
  readonly segment: Segment
  readonly opportunity: number
  readonly reasons: readonly string[]
  readonly worked_out_on: Day
}

/** Where charts stand; no answer while that is being worked out for the first time. When gaps have moved since, where they stood. */
export const riskOf = batched(async (ctx: Ctx, ids): Promise<Map<string, PatientRiskType>> => {
  if (hasNoRisk(ctx)) return new Map()
  const { db } = await ctx.tx()
  const { rows } = await db.executeQuery(written<RiskRow>`
    select r.patient_id as id, coalesce(o.tier, r.tier) as tier, r.tier as "workedOutTier", r.segment, r.opportunity, r.reasons,
           case when r.worked_out_on > '-infinity' then r.worked_out_on
                else (select max(s.worked_out_on) from risk_score s where s.practice_id = r.practice_id and s.patient_id = r.patient_id) end as worked_out_on
      from patient_risk r
      left join tier_override o on o.practice_id = r.practice_id and o.patient_id = r.patient_id and ${holdsOn('o', ctx.clock.today(ctx.region.timeZone))}
     where r.patient_id = any (${[...ids]}::uuid[]) and r.segment is not null and ${riskRoom(ctx, 'r')}`)
  return new Map(
    rows.map(({ worked_out_on, ...row }) => [
      row.id,
      { ...row, tierTitle: tierRules.titles[row.tier]!, segmentTitle: segmentRules.titles[row.segment], workedOutOn: worked_out_on },
    ]),
  )
})

interface ScoreRow {
  readonly patient_id: string
  readonly model: string
  readonly version: string
  readonly score: number
  readonly band: string | null
  readonly inputs: readonly RiskInput[]
}

/** What each model says of charts, in the order of the cards. */
export const riskScoresOf = batched(async (ctx: Ctx, ids): Promise<Map<string, RiskScoreType[]>> => {
  if (hasNoRisk(ctx)) return new Map()
  const { db } = await ctx.tx()
  const { rows } = await sql<ScoreRow>`
    select r.patient_id, r.model, r.version, r.score, r.band, r.inputs from risk_score r
     where r.patient_id = any (${[...ids]}::uuid[]) and ${riskRoom(ctx, 'r')}`.execute(db)
  const byChart = Map.groupBy(rows, (row) => row.patient_id)
  return new Map(
    [...byChart].map(([id, of]) => [
      id,
      riskModels.flatMap(({ key, title }) => of.filter(({ model }) => model === key).map((row) => scoreOf(row, title))),
    ]),
  )
})

const scoreOf = ({ model, version, score, band, inputs }: ScoreRow, title: string): RiskScoreType => ({
  ...{ model, title, version, score, band },
  atMost: score + inputs.reduce((sum, { atMost = 0 }) => sum + atMost, 0),
  inputs: inputs.map(({ atMost = null, ...input }) => ({ ...input, atMost })),
})
