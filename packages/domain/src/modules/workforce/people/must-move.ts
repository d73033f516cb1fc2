import type { Ctx } from '#shared/context'
import { type Assignment, assignmentsOfMemberships } from '../assignments.ts'
import { credentialsOf, type StaffRow } from './list-staff.ts'
import { outOfScope, scopeOn, type ScopeRuleRow } from './scope-rules.ts'

/** Assignments that somebody may not hold any more today. */
export async function mustMove(ctx: Ctx, person: StaffRow): Promise<Assignment[]> {
  if (person.discipline === null) return []
  const [held, credentials, rules] = await Promise.all([
    assignmentsOfMemberships(ctx, person.id),
    credentialsOf(ctx, person.id),
    rulesToday(ctx),
  ])
  const licenses = (credentials ?? []).filter(({ kind }) => kind === 'license')
  const today = ctx.clock.today(ctx.region.timeZone)
  return (held ?? []).filter(({ duty }) => outOfScope({ ...person, licenses }, duty, today, rules) !== null)
}

/** Read once an operation. */
const rulesToday = (ctx: Ctx): Promise<ScopeRuleRow[]> => {
  const known = read.get(ctx) ?? ctx.tx().then((tx) => scopeOn(tx, ctx.clock.today(ctx.region.timeZone)))
  read.set(ctx, known)
  return known
}
const read = new WeakMap<Ctx, Promise<ScopeRuleRow[]>>()
