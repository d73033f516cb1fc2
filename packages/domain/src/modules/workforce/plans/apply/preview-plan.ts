import { type Day, isRefusal, onWall, type Refusal, refused } from '@carecommons/kernel'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { assignedAlready, refusedPerson } from '../../begin-assignment.ts'
import { dayBefore } from '../../leave/day-before.ts'
import { listAllStaff } from '../../people/list-staff.ts'
import { scopeOn } from '../../people/scope-rules.ts'
import { readStaff, type StaffToAllocate } from '../../read-staff.ts'
import { type Concern, concernsOf, isOn, type Work } from '../../schedule/concerns.ts'
import { minutesBetween, travelOn } from '../../schedule/travel-times.ts'
import { openPlan, type PlanRow } from '../read-plans.ts'
import { type Handoff, handoffsOf } from './handoffs-of.ts'
import { type Held, type PlanChange, planChanges } from './plan-changes.ts'
import { previewHash } from './preview-hash.ts'
import { workingDayOn } from './working-day.ts'

export interface PreviewedChange extends PlanChange {
  readonly careManager: string
  readonly practice: OrganizationRow
  /** Why it cannot be done as things stand, in words; null when it can. */
  readonly refusal: string | null
  readonly concerns: readonly Concern[]
}

/** What applying a plan would do as things stand. */
export interface PlanPreview {
  readonly planId: string
  readonly startsOn: Day
  /** Of all that the changes follow from: a plan is applied as it was previewed or not at all. */
  readonly hash: string
  readonly changes: readonly PreviewedChange[]
  readonly handoffs: readonly Handoff[]
  /** Practices of the plan where nobody works on its first day. */
  readonly withNobody: readonly OrganizationRow[]
}

/** What applying a plan would change, person by person, and every handoff that it causes. Changes nothing. */
export async function previewPlan(ctx: Ctx, planId: string): Promise<PlanPreview | Refusal> {
  const row = await openPlan(ctx, planId)
  const refusal = refusedPlan(ctx, row)
  if (refusal) return refusal
  const { plan, problem, startsOn: day, wish } = row!
  const tx = await ctx.tx()
  const [staff, everybody, travel, scope] = [await readStaff(ctx), await listAllStaff(ctx), await travelOn(tx, day), await scopeOn(tx, day)]
  const inPlan = new Set(problem.staff.map(({ id }) => id))
  const people = staff.filter(({ membershipId }) => inPlan.has(membershipId))
  const held = people.flatMap(({ membershipId, assignments }) => assignments.map((one): Held => ({ ...one, membershipId })))
  const practices = await organizationsById(ctx, [
    ...problem.practices.map(({ id }) => id),
    ...staff.flatMap(({ assignments }) => assignments.map(({ practiceId }) => practiceId)),
  ])
  const townOf = (id: string): string | null => practices.get(id)?.city ?? null
  const way = (from: string | null, to: string | null) => minutesBetween(travel, from, to)
  const placing = { travel: way, stepMinutes: wish.stepMinutes, blockMinutes: wish.minimumBlockMinutes, day: workingDayOn(day) }
  const changes = planChanges({ day, problem, hours: plan!.hours, held, townOf, placing })
  const names = new Map(everybody.map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string => names.get(id) ?? 'Somebody who left'
  const work = workAfter({ changes, held, day, practices })
  const shown: PreviewedChange[] = []
  for (const change of changes) {
    const person = people.find(({ membershipId }) => membershipId === change.membershipId)
    shown.push({
      ...change,
      careManager: nameOf(change.membershipId),
      practice: practices.get(change.practiceId)!,
      refusal: await refusedChange(ctx, { change, day, held, changes, name: nameOf(change.membershipId) }),
      concerns: change.kind === 'ends' || change.kind === 'stays' || !person ? [] : concernsAfter(ctx, person, change, work, way),
    })
  }
  return {
    planId: row!.id,
    startsOn: day,
    hash: previewHash({ people, scope, travel, changes: shown }),
    changes: shown.toSorted((a, b) => a.practice.name.localeCompare(b.practice.name) || a.careManager.localeCompare(b.careManager)),
    handoffs: await handoffsOf(ctx, shown, day),
    withNobody: problem.practices
      .filter(({ id }) => !work.some((one) => one.practiceId === id && isOn(one, day)) && !isServed(staff, inPlan, id, day))
      .flatMap(({ id }) => practices.get(id) ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  }
}

function refusedPlan(ctx: Ctx, row: PlanRow | null): Refusal | null {
  if (!row) return refused('PlanMissing', 'There is no such plan.')
  if (row.state !== 'done' || row.plan === null) return refused('PlanNotReady', 'There is no finished plan yet to put in force.')
  if (row.application && row.application.undoneAt === null)
    return refused('PlanApplied', `${row.application.appliedByName} put this plan in force already.`)
  if (row.startsOn <= ctx.clock.today(ctx.region.timeZone))
    return refused(
      'PlanBegun',
      `This plan begins on ${row.startsOn}. One is put in force from tomorrow on, so that nobody's day changes under their hands.`,
    )
  return null
}

interface WorkHere extends Work {
  readonly membershipId: string
  readonly practiceId: string
}

/** What everybody in the plan works once it is in force, with what it leaves alone. */
function workAfter(at: {
  readonly changes: readonly PlanChange[]
  readonly held: readonly Held[]
  readonly day: Day
  readonly practices: ReadonlyMap<string, OrganizationRow>
}): WorkHere[] {
  const ended = new Set(at.changes.flatMap(({ ends }) => ends))
  const place = (practiceId: string) => ({
    practiceId,
    practice: at.practices.get(practiceId)?.name ?? '',
    town: at.practices.get(practiceId)?.city ?? null,
  })
  const left = at.held.filter((one) => one.kind === 'assignment' && !ended.has(one))
  const begun = at.changes.filter(({ kind }) => kind === 'begins' || kind === 'changes')
  return [
    ...left.map(({ membershipId, practiceId, startsOn, endsOn, hours }) => ({
      membershipId,
      ...place(practiceId),
      startsOn,
      endsOn,
      hours,
    })),
    ...begun.map(({ membershipId, practiceId, endsOn, hours }) => ({
      membershipId,
      ...place(practiceId),
      startsOn: at.day,
      endsOn,
      hours,
    })),
  ]
}

/** Of people whom the plan does not know: what they work stays. */
const isServed = (staff: readonly StaffToAllocate[], inPlan: ReadonlySet<string>, id: string, day: Day): boolean =>
  staff.some(
    ({ membershipId, assignments }) =>
      !inPlan.has(membershipId) && assignments.some((one) => one.kind === 'assignment' && one.practiceId === id && isOn(one, day)),
  )

function concernsAfter(
  { region: { timeZone } }: Ctx,
  person: StaffToAllocate,
  { practiceId }: PlanChange,
  work: readonly WorkHere[],
  way: (from: string | null, to: string | null) => number | null,
): Concern[] {
  const own = work.filter(({ membershipId }) => membershipId === person.membershipId)
  const wish = own.findLast((one) => one.practiceId === practiceId)!
  const away = person.leave.map(({ from, until }) => ({ from: onWall(timeZone, new Date(from)).day, until: dayBefore(timeZone, until) }))
  return concernsOf(
    {
      ...{ homeBase: person.homeBase, weeklyMinutes: person.weeklyPaidMinutes, work: own.filter((one) => one !== wish) },
      away: away.filter(({ until }) => until >= wish.startsOn),
    },
    wish,
    way,
  )
}

/** By the rules by which any assignment begins: who may be let in, scope of practice, licenses, and one assignment of a person at a practice. */
async function refusedChange(
  ctx: Ctx,
  at: {
    readonly change: PlanChange
    readonly changes: readonly PlanChange[]
    readonly held: readonly Held[]
    readonly day: Day
    readonly name: string
  },
): Promise<string | null> {
  const { change, day, held, name } = at
  if (change.kind !== 'begins' && change.kind !== 'changes') return null
  const { membershipId, practiceId, hours, endsOn } = change
  for (const duty of change.duties) {
    const refusal = await refusedPerson(ctx, await ctx.tx(), {
      ...{ membershipId, practiceId, kind: 'assignment', duty, hours, startsOn: day, endsOn },
    })
    if (isRefusal(refusal)) return refusal.message
  }
  if (change.missing > 0)
    return `${change.missing / 60} of ${change.minutes / 60} hours a week find no place beside what else ${name} works, with the ways between.`
  const others = held.filter((one) => one.membershipId === membershipId && one.practiceId === practiceId && !change.ends.includes(one))
  const meets = others.some((one) => (one.endsOn === null || one.endsOn >= day) && (endsOn === null || one.startsOn <= endsOn))
  return meets ? assignedAlready(name) : null
}
