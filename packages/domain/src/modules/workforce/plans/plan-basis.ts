import { addDays, type Day, daysBetween, isRefusal, onWall, type Refusal, refused } from '@carecommons/kernel'
import type { Problem } from '#modules/allocation'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { duties, type Duty } from '../duty.ts'
import type { FigureName } from '../need/figures.ts'
import { readStaffNeed } from '../need/read-need.ts'
import { figuresOf, weekdaysOf } from '../need/work-out-need.ts'
import { listAllStaff, type StaffRow } from '../people/list-staff.ts'
import { scopeOn } from '../people/scope-rules.ts'
import { readStaff, type StaffToAllocate } from '../read-staff.ts'
import { minutesBetween, travelOn } from '../schedule/travel-times.ts'
import { dayBefore } from '../leave/day-before.ts'
import type { PartOfNeed, PlanWish } from './plan-wish.ts'

/** What a plan is worked out from, and what of the region it leaves as it is. */
export interface PlanBasis {
  readonly problem: Problem
  readonly practices: readonly OrganizationRow[]
  readonly people: readonly StaffRow[]
  /** Work that the plan does not touch: other duties, and what begins later. Its time is not planned twice. */
  readonly kept: readonly { readonly staffId: string; readonly practiceId: string; readonly minutes: number }[]
  /** Ways that nobody recorded, counted as none. */
  readonly unknownWays: readonly { readonly from: string; readonly to: string }[]
  /** Of whom discipline and hours are not recorded, so that nothing is planned with them. */
  readonly leftOut: readonly string[]
}

/** Leave counts over so many days from the first. */
const LOOK_AHEAD = 28
const LEVELS = 20

/** The problem of the region as it stands: what practices need, who there is, what they may do, and where they are now. */
export async function planBasis(ctx: Ctx, wish: PlanWish): Promise<PlanBasis | Refusal> {
  const tx = await ctx.tx()
  const [need, staff, everybody, rules, travel] = [
    await readStaffNeed(ctx, null),
    await readStaff(ctx),
    await listAllStaff(ctx),
    await scopeOn(tx, wish.startsOn),
    await travelOn(tx, wish.startsOn),
  ]
  const month: Day = `${wish.startsOn.slice(0, 7)}-01`
  const at = need.months.findIndex((one) => one.month === month)
  if (at < 0) return refused('TooFarAhead', `Need is worked out for twelve months; ${wish.startsOn} is after them.`)
  const practices = need.practices.filter(({ practice }) => practice.kind === 'practice').map(({ practice }) => practice)
  const strange = wish.parts.find(({ practiceId }) => !practices.some(({ id }) => id === practiceId))
  if (strange)
    return refused('PracticeMissing', 'A part of a need names a practice that is not here or has no people on record; take it away.')
  const perWeek = 5 / weekdaysOf(month)
  const needs = need.practices.map(({ practice, months }) => ({
    id: practice.id,
    state: ANYWHERE,
    needs: needsOf(
      Math.round(months[at]!.demand * perWeek),
      wish.parts.filter(({ practiceId }) => practiceId === practice.id),
      wish.matchesLanguage,
    ),
  }))
  const tooMuch = needs.find((one) => isRefusal(one.needs))
  if (tooMuch && isRefusal(tooMuch.needs)) return tooMuch.needs
  const planned = needs as Problem['practices']
  if (planned.every((one) => one.needs.every(({ minutes }) => minutes === 0)))
    return refused('NothingNeeded', 'No practice needs any time in this month, as its people and the planning figures stand.')
  const figure = figuresOf({
    figures: need.figures,
    today: ctx.clock.today(ctx.region.timeZone),
    whatIf: { figures: [], addedStaff: 0, peoplePercent: 0 },
  })(month)
  const dutiesPlanned = new Set(planned.flatMap((one) => one.needs.map(({ duty }) => duty)))
  const known = staff.filter(({ membershipId }) => everybody.some(({ id }) => id === membershipId))
  const planable = { duties: dutiesPlanned, practices: new Set(planned.map(({ id }) => id)) }
  const parts = known.map((person) => heldBy(person, wish.startsOn, planable))
  const unknownWays: { from: string; to: string }[] = []
  const people = known.map((person, i): Problem['staff'][number] => {
    const here = presence(ctx, person, wish.startsOn)
    const way = (town: string | null): number => {
      const minutes = minutesBetween(travel, person.homeBase, town)
      if (minutes === null && town !== null && !unknownWays.some(({ from, to }) => from === person.homeBase && to === town))
        unknownWays.push({ from: person.homeBase, to: town })
      return 2 * (minutes ?? 0)
    }
    return {
      id: person.membershipId,
      discipline: person.discipline,
      states: person.licenses.some(({ expiresOn }) => expiresOn === null || expiresOn >= wish.startsOn) ? [ANYWHERE] : [],
      languages: person.languages,
      ...timeOf(person.weeklyPaidMinutes, here, parts[i]!.kept, figure),
      travelMinutes: wish.countsTravel ? Object.fromEntries(practices.map(({ id, city }) => [id, way(city)])) : {},
      currentMinutes: parts[i]!.current,
    }
  })
  const scope = Object.groupBy(
    rules.filter(({ permitted }) => permitted),
    ({ duty }) => duty,
  )
  return {
    problem: {
      practices: planned,
      staff: people,
      rules: {
        stepMinutes: wish.stepMinutes,
        minimumBlockMinutes: wish.minimumBlockMinutes,
        maximumPractices: wish.maximumPractices ?? Math.max(1, practices.length),
        levels: LEVELS,
        scope: Object.fromEntries(
          duties.map((duty) => [duty, (scope[duty] ?? []).map(({ discipline, needsLicense }) => ({ discipline, needsLicense }))]),
        ),
        pins: wish.pins,
        // One person works under one assignment at a practice: what is kept leaves no room for another.
        forbids: [...wish.forbids, ...keptPairs(parts, practices, wish.forbids)],
      },
    },
    practices,
    people: everybody.filter(({ id }) => known.some(({ membershipId }) => membershipId === id)),
    kept: parts.flatMap(({ kept }) => kept),
    unknownWays,
    leftOut: everybody.filter(({ id }) => !known.some(({ membershipId }) => membershipId === id)).map(({ name }) => name),
  }
}

/** Practices tell no State: a license counts wherever it is from, as it does for assignments. */
const ANYWHERE = ''

/** Of a week: care management that risk tells, less the parts of it that are in a language, and what else was named. */
function needsOf(minutes: number, named: readonly PartOfNeed[], matchesLanguage: boolean): Problem['practices'][number]['needs'] | Refusal {
  const sums = new Map<string, { duty: Duty; language: string | null; minutes: number }>()
  for (const { duty, language: spoken, minutes: part } of named) {
    const language = matchesLanguage ? spoken : null
    const key = `${duty} ${language ?? ''}`
    sums.set(key, { duty, language, minutes: (sums.get(key)?.minutes ?? 0) + part })
  }
  const inLanguages = [...sums.values()].filter(({ duty, language }) => duty === 'care-management' && language !== null)
  const rest = minutes - inLanguages.reduce((sum, one) => sum + one.minutes, 0)
  if (rest < 0)
    return refused(
      'PartTooLarge',
      `Parts of care management in languages are more than the ${minutes} minutes a week that a practice needs of it.`,
    )
  const others = [...sums.values()].filter(({ duty, language }) => duty !== 'care-management' || language !== null)
  return [{ duty: 'care-management', language: null, minutes: rest }, ...others]
}

/** What somebody works on the first day: of the planned duties it can change, anything else stays. */
function heldBy(
  { membershipId, assignments }: StaffToAllocate,
  day: Day,
  planable: { readonly duties: ReadonlySet<string>; readonly practices: ReadonlySet<string> },
) {
  const last = addDays(day, LOOK_AHEAD)
  const own = assignments.filter(
    ({ kind, startsOn, endsOn }) => kind === 'assignment' && startsOn <= last && (endsOn === null || endsOn >= day),
  )
  const isPlanned = ({ duty, practiceId, startsOn }: (typeof own)[number]) =>
    planable.duties.has(duty) && planable.practices.has(practiceId) && startsOn <= day
  return {
    current: Object.fromEntries(own.filter(isPlanned).map(({ practiceId, weeklyMinutes }) => [practiceId, weeklyMinutes])),
    kept: own
      .filter((one) => !isPlanned(one))
      .map(({ practiceId, weeklyMinutes }) => ({ staffId: membershipId, practiceId, minutes: weeklyMinutes })),
  }
}

function keptPairs(parts: readonly ReturnType<typeof heldBy>[], practices: readonly OrganizationRow[], forbids: PlanWish['forbids']) {
  return parts
    .flatMap(({ kept }) => kept)
    .filter(({ practiceId }) => practices.some(({ id }) => id === practiceId))
    .filter(({ staffId, practiceId }) => !forbids.some((one) => one.staffId === staffId && one.practiceId === practiceId))
    .map(({ staffId, practiceId }) => ({ staffId, practiceId }))
}

/** The part of four weeks' weekdays on which somebody is there. */
function presence({ region: { timeZone } }: Ctx, { leave }: StaffToAllocate, day: Day): number {
  const away = leave.map(({ from, until }) => ({ from: onWall(timeZone, new Date(from)).day, until: dayBefore(timeZone, until) }))
  const weekdays = Array.from({ length: LOOK_AHEAD }, (_, i) => addDays(day, i)).filter((one) => {
    const weekday = daysBetween('2024-01-01', one) % 7
    return weekday < 5
  })
  return weekdays.filter((one) => !away.some(({ from, until }) => from <= one && one <= until)).length / weekdays.length
}

/** Minutes of a week for patients and for the road, as capacity is reckoned. */
function timeOf(paid: number, here: number, kept: readonly { readonly minutes: number }[], figure: (name: FigureName) => number) {
  const travel = (paid * figure('travel-percent')) / 100
  const other = figure('meeting-minutes') + figure('training-minutes') + figure('supervision-minutes')
  const elsewhere = kept.reduce((sum, { minutes }) => sum + minutes, 0)
  return {
    availableMinutes: Math.max(0, Math.floor((paid - travel - other) * here) - elsewhere),
    travelAllowance: Math.round(travel * here),
  }
}
