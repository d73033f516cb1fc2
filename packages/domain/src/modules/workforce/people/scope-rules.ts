import { type Day, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'
import type { Tx } from '#shared/sessions'
import { type Discipline, disciplineWords, type Duty } from '../duty.ts'
import { lastLicensedDay } from './expiry.ts'

export interface ScopeRuleRow {
  readonly id: string
  readonly discipline: Discipline
  readonly duty: Duty
  readonly permitted: boolean
  readonly needsLicense: boolean
  readonly since: Day
  readonly source: string
}

/** What holds on a day: of each discipline and duty the latest rule. */
export async function scopeOn({ db }: Tx, day: Day): Promise<ScopeRuleRow[]> {
  const { rows } = await sql<ScopeRuleRow>`
    select distinct on (r.duty, r.discipline) r.id, r.discipline, r.duty, r.permitted, r.needs_license as "needsLicense", r.since, r.source
      from scope_rule r where r.since <= ${day}::date order by r.duty, r.discipline, r.since desc, r.recorded_at desc, r.id desc`.execute(
    db,
  )
  return rows
}

interface Worker {
  readonly name: string
  readonly discipline: Discipline | null
  readonly licenses: readonly { readonly expiresOn: Day | null }[]
}

/** Why somebody may not do something on a day; null when they may. */
export function outOfScope({ name, discipline, licenses }: Worker, duty: Duty, day: Day, rules: readonly ScopeRuleRow[]): Refusal | null {
  if (discipline === null)
    return refused(
      'DisciplineUnknown',
      `What ${name} is by training is not recorded, so nothing says what ${name} may do. Record it first.`,
    )
  const rule = rules.find((one) => one.duty === duty && one.discipline === discipline)
  if (!rule?.permitted)
    return refused('OutOfScope', `As a ${disciplineWords[discipline]} ${name} may not do this${rule ? ` (${rule.source})` : ''}.`)
  if (!rule.needsLicense) return null
  const last = lastLicensedDay(licenses)
  if (last === undefined) return refused('LicenseMissing', `This takes a license, and ${name} has none on record (${rule.source}).`)
  if (last !== null && last < day) return refused('LicenseExpired', `${name}'s license held until ${last}. Record the renewed one first.`)
  return null
}

export interface NewScopeRule {
  readonly discipline: Discipline
  readonly duty: Duty
  readonly permitted: boolean
  readonly needsLicense: boolean
  readonly since: Day
  readonly source: string
}

/** A rule from a day on. The same rule again is the one that is there. */
export async function recordScopeRule(ctx: Ctx, input: NewScopeRule): Promise<ScopeRuleRow | Refusal> {
  const source = shortText(input.source, 'The source')
  if (isRefusal(source)) return source
  const { discipline, duty, permitted, needsLicense, since } = input
  return ctx.write(async (tx) => {
    const rule = { discipline, duty, permitted, needsLicense, since, source }
    const there = (await scopeOn(tx, since)).find((one) => one.discipline === discipline && one.duty === duty)
    if (there && there.since === since && there.permitted === permitted && there.needsLicense === needsLicense && there.source === source) {
      await keepEvent(tx, ctx, { action: 'update', subject: 'Staff', subjectIds: [there.id] })
      return there
    }
    const id = newId<'ScopeRule'>()
    await sql`
      insert into scope_rule (id, discipline, duty, permitted, needs_license, since, source, recorded_by, recorded_at)
      values (${id}, ${discipline}, ${duty}, ${permitted}, ${needsLicense}, ${since}, ${source}, ${ctx.viewer.userId}, ${ctx.clock.now().toISOString()})`.execute(
      tx.db,
    )
    await keepEvent(tx, ctx, { action: 'update', subject: 'Staff', subjectIds: [id] })
    return { id, ...rule }
  })
}
