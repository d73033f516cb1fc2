import { type Bar, barOf, type EligiblePair, isPair, neededSteps, stepsForLevel } from './eligible.ts'
import type { Ending, Hours, Plan, PlanFigures, PracticeShare, Reason, StaffShare, Unserved } from './plan.ts'
import type { Need, PracticeNeed, Problem } from './problem.ts'
import type { Solution } from './solve.ts'

/** A solution in minutes, with the reason of each choice and of each part of a need that stays open. */
export function explainPlan(problem: Problem, { program: { pairs }, steps, proofs }: Solution): Omit<Plan, 'prices'> {
  const given = pairs.flatMap((pair, at) => (steps[at]!.some((some) => some > 0) ? [{ pair, steps: steps[at]! }] : []))
  const hours = given.map((one) => hoursOf(problem, one, given))
  const practices = problem.practices.map((practice) => shareOf(problem, practice, given))
  const staff = problem.staff.map((person): StaffShare => {
    const own = hours.filter(({ staffId }) => staffId === person.id)
    return {
      staffId: person.id,
      availableMinutes: person.availableMinutes,
      plannedMinutes: sum(own, ({ minutes }) => minutes),
      travelMinutes: sum(own, ({ travelMinutes }) => travelMinutes),
      practices: own.length,
    }
  })
  return { hours, practices, staff, proofs, ending: endings(problem, given), figures: figuresOf(problem, hours, practices) }
}

interface Given {
  readonly pair: EligiblePair
  /** For each of the pair's needs. */
  readonly steps: readonly number[]
}

function hoursOf(problem: Problem, { pair, steps }: Given, given: readonly Given[]): Hours {
  const { stepMinutes } = problem.rules
  const minutes = sum(steps, (some) => some) * stepMinutes
  const { person, practice } = pair
  const currentMinutes = person.currentMinutes[practice.id] ?? 0
  const without = shareOf(
    problem,
    practice,
    given.filter((one) => one.pair !== pair),
  )
  const whole = shareOf(problem, practice, given)
  const because: Reason[] = []
  if (pair.pinned) because.push({ kind: 'pinned' })
  if (currentMinutes > 0) because.push({ kind: 'kept', minutes: Math.min(currentMinutes, minutes) })
  for (const [at, place] of pair.needs.entries()) {
    const { duty, language } = practice.needs[place]!
    const others = problem.staff.filter(
      (other) => other !== person && barOf(other, practice, practice.needs[place]!, problem.rules) === null,
    )
    if (steps[at]! > 0 && others.length === 0) because.push({ kind: 'only-one', duty, language })
  }
  because.push({ kind: 'lifts', from: percent(without), to: percent(whole) })
  return {
    ...{ staffId: person.id, practiceId: practice.id, minutes, currentMinutes, because },
    byNeed: pair.needs.flatMap((place, at) => {
      const { duty, language } = practice.needs[place]!
      return steps[at]! > 0 ? [{ duty, language, minutes: steps[at]! * stepMinutes }] : []
    }),
    travelMinutes: pair.travel,
  }
}

function shareOf(problem: Problem, practice: PracticeNeed, given: readonly Given[]): PracticeShare {
  const { rules } = problem
  const here = given.filter(({ pair }) => pair.practice === practice)
  const served = practice.needs.map((_, place) => sum(here, ({ pair, steps }) => steps[pair.needs.indexOf(place)] ?? 0))
  const needed = sum(practice.needs, (need) => neededSteps(need, rules))
  const all = sum(served, (some) => some)
  const minutesOf = (place: number): number => Math.min(practice.needs[place]!.minutes, served[place]! * rules.stepMinutes)
  return {
    practiceId: practice.id,
    neededMinutes: sum(practice.needs, ({ minutes }) => minutes),
    servedMinutes: sum([...practice.needs.keys()], minutesOf),
    level:
      needed === 0
        ? rules.levels
        : Array.from({ length: rules.levels }, (_, at) => at + 1).filter((level) => stepsForLevel(needed, level, rules) <= all).length,
    unserved: practice.needs.flatMap((need, place): Unserved[] => {
      const minutes = need.minutes - minutesOf(place)
      const { duty, language } = need
      return minutes > 0 ? [{ duty, language, minutes, because: whyUnserved(problem, practice, need, given) }] : []
    }),
  }
}

function whyUnserved({ staff, rules }: Problem, practice: PracticeNeed, need: Need, given: readonly Given[]): Unserved['because'] {
  const bars = new Map(staff.map((person) => [person, barOf(person, practice, need, rules)]))
  const able = staff.filter((person) => bars.get(person) === null)
  if (able.length === 0) {
    const inScope = staff.filter(({ discipline }) => rules.scope[need.duty]?.some((may) => may.discipline === discipline))
    return { kind: 'nobody-may', bars: inScope.length === 0 ? ['scope'] : [...new Set(inScope.map((person) => bars.get(person)!))] }
  }
  const hasTime = able.some((person) => {
    const planned = sum(given, ({ pair, steps }) => (pair.person === person ? sum(steps, (some) => some) : 0))
    return person.availableMinutes - planned * rules.stepMinutes >= rules.stepMinutes
  })
  return { kind: hasTime ? 'rules' : 'all-planned' }
}

function endings({ practices, staff, rules }: Problem, given: readonly Given[]): Ending[] {
  return staff.flatMap((person) =>
    Object.entries(person.currentMinutes).flatMap(([practiceId, minutes]): Ending[] => {
      if (minutes === 0 || given.some(({ pair }) => pair.person === person && pair.practice.id === practiceId)) return []
      const practice = practices.find(({ id }) => id === practiceId)
      const bars = (practice?.needs ?? []).filter((need) => need.minutes > 0).map((need) => barOf(person, practice!, need, rules))
      const because = rules.forbids.some((pair) => isPair(pair, person.id, practiceId))
        ? 'forbidden'
        : bars.length === 0
          ? 'no-need'
          : bars.includes(null)
            ? 'needed-elsewhere'
            : weightiest(bars as Bar[])
      return [{ staffId: person.id, practiceId, minutes, because }]
    }),
  )
}

/** A missing license says more than a discipline that is not asked for. */
const weightiest = (bars: readonly Bar[]): Bar => (['license', 'language', 'scope'] as const).find((bar) => bars.includes(bar)) ?? bars[0]!

function figuresOf({ staff }: Problem, hours: readonly Hours[], practices: readonly PracticeShare[]): PlanFigures {
  const shares = practices.filter(({ neededMinutes }) => neededMinutes > 0).map(percent)
  const squares = sum(shares, (share) => share ** 2)
  return {
    neededMinutes: sum(practices, ({ neededMinutes }) => neededMinutes),
    servedMinutes: sum(practices, ({ servedMinutes }) => servedMinutes),
    leastShare: shares.length === 0 ? 100 : Math.min(...shares),
    meanShare: shares.length === 0 ? 100 : sum(shares, (share) => share) / shares.length,
    evenness: squares === 0 ? 1 : sum(shares, (share) => share) ** 2 / (shares.length * squares),
    currentMinutes: sum(staff, ({ currentMinutes }) => sum(Object.values(currentMinutes), (minutes) => minutes)),
    keptMinutes: sum(hours, ({ minutes, currentMinutes }) => Math.min(minutes, currentMinutes)),
    travelMinutes: sum(hours, ({ travelMinutes }) => travelMinutes),
  }
}

const percent = ({ neededMinutes, servedMinutes }: PracticeShare): number =>
  neededMinutes === 0 ? 100 : (100 * servedMinutes) / neededMinutes

const sum = <T>(all: readonly T[], value: (one: T) => number): number => all.reduce((whole, one) => whole + value(one), 0)
