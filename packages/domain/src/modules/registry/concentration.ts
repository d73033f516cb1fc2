import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { ConcentrationPointType, ConcentrationType } from './practice-overview.graphql.ts'

/** A point for each twentieth of the people. */
const STEPS = 20

/** How few of the living have how much of the open gaps, and of what the practice could change. */
export async function concentration(ctx: Ctx): Promise<ConcentrationType> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ open_gaps: number; opportunity: number }>`
    select s.open_gaps, coalesce(r.opportunity, 0) as opportunity
      from patient_summary s left join patient_risk r on r.practice_id = s.practice_id and r.patient_id = s.patient_id
     where ${room(ctx, 'read', 'PracticeOverview', { practiceId: 's.practice_id' })} and not s.deceased`.execute(db)
  const gaps = rows.map(({ open_gaps }) => open_gaps)
  return {
    people: rows.length,
    gaps: sumOf(gaps),
    ofGaps: curveOf(gaps),
    ofOpportunity: curveOf(rows.map(({ opportunity }) => opportunity)),
  }
}

/** Empty where there is nothing to spread. */
function curveOf(values: readonly number[]): ConcentrationPointType[] {
  const all = sumOf(values)
  if (all === 0) return []
  const most = values.toSorted((a, b) => b - a)
  const ends = new Set(Array.from({ length: STEPS + 1 }, (_, step) => Math.round((most.length * step) / STEPS)))
  return [...ends].map((end) => ({ people: rounded(end / most.length), share: rounded(sumOf(most.slice(0, end)) / all) }))
}

/** Finer than any chart. */
const rounded = (share: number): number => Math.round(share * 1000) / 1000

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
