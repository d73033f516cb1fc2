import { isRefusal, type Refusal } from '@carecommons/kernel'
import type { Problem } from '#modules/allocation'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { listAllStaff } from '../people/list-staff.ts'
import { undoUntil } from './apply/undo-plan.ts'
import { planBasis } from './plan-basis.ts'
import type { PlanWish } from './plan-wish.ts'
import type { PlanBasisType, PlanLineType, PlanPersonType, PlanPracticeType, PlanType } from './plans.graphql.ts'
import type { PlanRow } from './read-plans.ts'

export const lineOf = (ctx: Ctx, { application, ...row }: PlanRow): PlanLineType => ({
  ...row,
  figures: row.plan?.figures ?? null,
  application: application && {
    ...application,
    undoUntil: application.undoneAt === null ? undoUntil(ctx.region.timeZone, application).toISOString() : null,
  },
})

/** A plan with the names of those in it. */
export async function shownPlan(ctx: Ctx, row: PlanRow): Promise<PlanType> {
  const { plan, problem, wish } = row
  const named = new Map((await listAllStaff(ctx)).map(({ id, name }) => [id, name]))
  const organizations = await organizationsById(
    ctx,
    problem.practices.map(({ id }) => id),
  )
  const asked = (staffId: string, practiceId: string) =>
    [...wish.pins, ...wish.forbids].some((pair) => pair.staffId === staffId && pair.practiceId === practiceId)
  return {
    ...lineOf(ctx, row),
    wish: { ...wish, pins: [...wish.pins], forbids: wish.forbids.map((pair) => ({ ...pair, minutes: null })), parts: [...wish.parts] },
    people: problem.staff.map((person) => shownPerson(person, named.get(person.id) ?? '')),
    practices: shownPractices(problem, organizations),
    hours: (plan?.hours ?? []).map((one) => ({
      ...one,
      byNeed: [...one.byNeed],
      because: one.because.map((reason) => ({ ...NO_REASON, ...reason, ...percents(reason) })),
    })),
    shares: (plan?.practices ?? []).map((one) => ({
      ...one,
      unserved: one.unserved.map(({ because, ...part }) => ({
        ...part,
        because: because.kind,
        bars: because.kind === 'nobody-may' ? [...because.bars] : [],
      })),
    })),
    ending: [...(plan?.ending ?? [])],
    proofs: (plan?.proofs ?? []).map((proof) => ({ level: null, ...proof })),
    prices: (plan?.prices ?? []).flatMap(({ rule, leastLevel, servedMinutes, proven }) =>
      'staffId' in rule && !asked(rule.staffId, rule.practiceId)
        ? []
        : [
            {
              rule: rule.kind,
              staffId: 'staffId' in rule ? rule.staffId : null,
              practiceId: 'staffId' in rule ? rule.practiceId : null,
              leastLevel: Math.round((100 * leastLevel) / problem.rules.levels),
              ...{ servedMinutes, proven },
            },
          ],
    ),
  }
}

const NO_REASON = { minutes: null, duty: null, language: null, from: null, to: null }
const percents = (reason: { readonly kind: string; readonly from?: number; readonly to?: number }) =>
  reason.from === undefined || reason.to === undefined ? {} : { from: Math.round(reason.from), to: Math.round(reason.to) }

/** What a plan of a day would be worked out from. */
export async function shownBasis(ctx: Ctx, wish: PlanWish): Promise<PlanBasisType | Refusal> {
  const basis = await planBasis(ctx, wish)
  if (isRefusal(basis)) return basis
  const { problem, people, practices, kept, unknownWays, leftOut } = basis
  const named = new Map(people.map(({ id, name }) => [id, name]))
  return {
    people: problem.staff.map((person) => shownPerson(person, named.get(person.id) ?? '')).toSorted((a, b) => a.name.localeCompare(b.name)),
    practices: shownPractices(problem, new Map(practices.map((one) => [one.id, one]))),
    current: problem.staff.flatMap(({ id, currentMinutes }) =>
      Object.entries(currentMinutes).map(([practiceId, minutes]) => ({ staffId: id, practiceId, minutes })),
    ),
    kept: [...kept],
    unknownWays: [...unknownWays],
    leftOut: [...leftOut],
  }
}

const shownPerson = (
  { id, discipline, languages, states, availableMinutes, travelAllowance }: Problem['staff'][number],
  name: string,
): PlanPersonType => ({
  ...{ id, name, discipline, availableMinutes, travelAllowance },
  languages: [...languages],
  isLicensed: states.length > 0,
})

const shownPractices = ({ practices }: Problem, organizations: ReadonlyMap<string, OrganizationRow>): PlanPracticeType[] =>
  practices.flatMap(({ id, needs }) => {
    const practice = organizations.get(id)
    return practice ? [{ practice, needs: [...needs] }] : []
  })
