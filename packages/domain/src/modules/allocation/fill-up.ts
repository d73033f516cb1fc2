import { availableSteps, type EligiblePair, neededSteps } from './eligible.ts'
import type { Problem } from './problem.ts'

/**
 * Fills a plan up, an empty one too: step by step the least served practice gets the person who is there already, else who was there, else the
 * nearest. Steps of each pair for each of its needs, none fewer than before; null where pins leave no room.
 */
export function fillUp(
  { practices, staff, rules }: Problem,
  pairs: readonly EligiblePair[],
  before: readonly (readonly number[])[] | null,
): number[][] | null {
  const steps = pairs.map(({ needs }) => needs.map(() => 0))
  const open = new Map(practices.map((practice) => [practice, practice.needs.map((need) => neededSteps(need, rules))]))
  const needed = new Map(practices.map((practice) => [practice, sum(open.get(practice)!)]))
  const left = new Map(
    staff.map((person) => [
      person,
      { steps: availableSteps(person, rules), travel: person.travelAllowance, practices: rules.maximumPractices },
    ]),
  )

  const begun = (at: number): boolean => sum(steps[at]!) > 0
  /** How many steps this pair would take next; 0: none. */
  const next = (at: number): number => {
    const { person, practice, needs, least, most, travel, pinned } = pairs[at]!
    const mine = left.get(person)!
    const room = Math.min(mine.steps, sum(needs.map((need) => open.get(practice)![need]!)), most - sum(steps[at]!))
    if (begun(at)) return pinned?.steps ? 0 : Math.min(1, room)
    const block = pinned?.steps ?? least
    return room >= block && mine.practices > 0 && mine.travel >= travel ? block : 0
  }
  const put = (at: number, parts: readonly number[]): void => {
    const { person, practice, needs, travel } = pairs[at]!
    const mine = left.get(person)!
    if (!begun(at)) {
      mine.practices--
      mine.travel -= travel
    }
    mine.steps -= sum(parts)
    for (const [place, part] of parts.entries()) {
      open.get(practice)![needs[place]!]! -= part
      steps[at]![place]! += part
    }
  }
  const take = (at: number, some: number): void => {
    let rest = some
    const parts = pairs[at]!.needs.map((need) => {
      const part = Math.min(rest, open.get(pairs[at]!.practice)![need]!)
      rest -= part
      return part
    })
    put(at, parts)
  }

  for (const [at, parts] of (before ?? []).entries()) if (sum(parts) > 0) put(at, parts)
  for (const [at, { pinned }] of pairs.entries()) {
    if (!pinned || begun(at)) continue
    const block = next(at)
    if (block === 0) return null
    take(at, block)
  }
  const byShare = practices.filter((practice) => needed.get(practice)! > 0)
  const of = new Map(practices.map((practice) => [practice, [...pairs.keys()].filter((at) => pairs[at]!.practice === practice)]))
  for (;;) {
    byShare.sort((a, b) => sum(open.get(b)!) / needed.get(b)! - sum(open.get(a)!) / needed.get(a)!)
    const choice = byShare
      .values()
      .flatMap((practice) => {
        const able = of.get(practice)!.filter((at) => next(at) > 0)
        return able.length === 0 ? [] : [able.sort((a, b) => rank(b) - rank(a))[0]!]
      })
      .next()
    if (choice.done) return steps
    take(choice.value, next(choice.value))
  }

  /** Who is there already goes on, who was there comes back, and of others the nearest comes. */
  function rank(at: number): number {
    const { current, travel } = pairs[at]!
    return (begun(at) ? 1e6 : 0) + (current > sum(steps[at]!) ? 1e5 : 0) - travel
  }
}

const sum = (all: readonly number[]): number => all.reduce((whole, one) => whole + one, 0)
