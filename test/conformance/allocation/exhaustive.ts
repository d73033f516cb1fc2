// Tries every plan there is. Knows nothing of how the product plans: eligibility, blocks and levels are told here anew.
import type { Problem } from '@carecommons/domain'

/** What plans are compared by, the weightiest first: practices that reach each level from the lowest on, steps served, steps kept, minus travel. */
export type Worth = readonly number[]

interface Choice {
  /** Steps by place among all needs. */
  readonly steps: readonly number[]
  readonly kept: number
  readonly travel: number
}

/** The worth of the best plan; null where there is none, undefined where there are too many to try. */
export function bestWorth({ practices, staff, rules }: Problem, tooMany = 60_000): Worth | null | undefined {
  const places = practices.flatMap((practice) =>
    practice.needs.map((need) => ({ practice, need, most: Math.ceil(need.minutes / rules.stepMinutes) })),
  )
  const choices = staff.map((person) => {
    const may = places.map(
      ({ practice, need, most }) =>
        most > 0 &&
        (need.language === null || person.languages.includes(need.language)) &&
        (rules.scope[need.duty] ?? []).some(
          ({ discipline, needsLicense }) => discipline === person.discipline && (!needsLicense || person.states.includes(practice.state)),
        ) &&
        !rules.forbids.some(({ staffId, practiceId }) => staffId === person.id && practiceId === practice.id),
    )
    const all: Choice[] = []
    const hours = Math.floor(person.availableMinutes / rules.stepMinutes)
    const steps: number[] = []
    const fill = (left: number): void => {
      if (steps.length < places.length) {
        const { most } = places[steps.length]!
        for (let some = 0; some <= (may[steps.length] ? Math.min(most, left) : 0); some++) {
          steps.push(some)
          fill(left - some)
          steps.pop()
        }
        return
      }
      let served = 0
      let travel = 0
      let kept = 0
      for (const practice of practices) {
        const here = (count: (at: number) => number): number =>
          places.reduce((sum, place, at) => sum + (place.practice === practice ? count(at) : 0), 0)
        const given = here((at) => steps[at]!)
        const pin = rules.pins.find(({ staffId, practiceId }) => staffId === person.id && practiceId === practice.id)
        if (given === 0) {
          if (pin) return
          continue
        }
        const wanted = here((at) => (may[at] ? places[at]!.most : 0))
        if (given < Math.min(Math.ceil(rules.minimumBlockMinutes / rules.stepMinutes), wanted)) return
        if (pin && pin.minutes !== null && pin.minutes !== given * rules.stepMinutes) return
        served++
        travel += person.travelMinutes[practice.id] ?? 0
        kept += Math.min(given, (person.currentMinutes[practice.id] ?? 0) / rules.stepMinutes)
      }
      if (served <= rules.maximumPractices && travel <= person.travelAllowance) all.push({ steps: [...steps], kept, travel })
    }
    fill(hours)
    return all
  })
  if (choices.reduce((product, { length }) => product * length, 1) > tooMany) return undefined

  let best: Worth | null = null
  const together = (at: number, steps: readonly number[], kept: number, travel: number): void => {
    if (steps.some((some, place) => some > places[place]!.most)) return
    if (at === staff.length) {
      const worth = [...levels(steps), steps.reduce((sum, some) => sum + some, 0), kept, -travel]
      if (best === null || compare(worth, best) > 0) best = worth
      return
    }
    for (const choice of choices[at]!)
      together(
        at + 1,
        steps.map((some, place) => some + choice.steps[place]!),
        kept + choice.kept,
        travel + choice.travel,
      )
  }
  const levels = (steps: readonly number[]): number[] => {
    const shares = practices.flatMap((practice) => {
      const own = places.flatMap((place, at) => (place.practice === practice ? [{ most: place.most, steps: steps[at]! }] : []))
      const needed = own.reduce((sum, { most }) => sum + most, 0)
      return needed === 0 ? [] : [own.reduce((sum, one) => sum + one.steps, 0) / needed]
    })
    return Array.from({ length: rules.levels }, (_, at) => shares.filter((share) => share * rules.levels >= at + 1 - 1e-9).length)
  }
  together(
    0,
    places.map(() => 0),
    0,
    0,
  )
  return best
}

function compare(one: Worth, other: Worth): number {
  const at = one.findIndex((value, place) => value !== other[place])
  return at < 0 ? 0 : one[at]! - other[at]!
}
