import { sql } from 'kysely'
import type { Day } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'

/** What a person of a tier weighs in a caseload, and how many days may pass between contacts. */
export interface CaseRuleRow {
  readonly tier: number
  readonly since: Day
  readonly points: number
  readonly contactDays: number
  readonly source: string
}

/** Of how much is too much. */
export interface CaseloadLimit {
  readonly since: Day
  readonly most: number
  readonly source: string
}

export interface CaseloadRules {
  readonly tiers: readonly CaseRuleRow[]
  /** Points that somebody who works full time carries. */
  readonly fullTimePoints: CaseloadLimit
  /** People whom one person supervises. */
  readonly span: CaseloadLimit
}

const MIPCT =
  'Michigan Primary Care Transformation demonstration: a manager of complex cases carries 150 people of 10 points, one of moderate risk 500 of 3.'
const OWN = 'CareCommons: a beginning, until the region agrees on its own.'

/** In dated rows: the latest that has begun counts. */
const fullTimePoints: readonly CaseloadLimit[] = [{ since: '2020-01-01', most: 1500, source: MIPCT }]
const spans: readonly CaseloadLimit[] = [{ since: '2020-01-01', most: 10, source: OWN }]

/** What is in force today, and what it rests on. */
export async function caseloadRules(ctx: Ctx): Promise<CaseloadRules> {
  const today = ctx.clock.today(ctx.region.timeZone)
  const { rows } = await sql<CaseRuleRow>`
    select distinct on (r.tier) r.tier, r.since, r.points, r.contact_days as "contactDays", r.source
      from case_rule r where r.since <= ${today}::date order by r.tier, r.since desc`.execute((await ctx.tx()).db)
  ctx.notes.push({ action: 'read', subject: 'Caseload', subjectIds: [] })
  return { tiers: rows, fullTimePoints: inForce(fullTimePoints, today), span: inForce(spans, today) }
}

const inForce = (limits: readonly CaseloadLimit[], today: Day): CaseloadLimit => limits.findLast(({ since }) => since <= today)!
