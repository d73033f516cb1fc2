import { barOf, eligiblePairs, isPair } from './eligible.ts'
import type { Pin, Problem } from './problem.ts'

/** What about a problem no plan can keep, each with its place and what to do. */
export function problemFaults(problem: Problem): string[] {
  const { practices, staff, rules } = problem
  const faults = [...twice('practice', practices), ...twice('person', staff)]
  const whole = (value: number, least: number, what: string): void => {
    if (!Number.isSafeInteger(value) || value < least) faults.push(`${what} is ${value}; give a whole number from ${least} on.`)
  }
  whole(rules.stepMinutes, 1, 'The step of time in minutes')
  whole(rules.minimumBlockMinutes, 0, 'The shortest block in minutes')
  whole(rules.maximumPractices, 1, 'The most practices of one person')
  whole(rules.levels, 1, 'The number of levels')
  for (const { id, needs } of practices) {
    const parts = needs.map(({ duty, language }) => ({ id: `${duty}${language === null ? '' : ` in ${language}`}` }))
    faults.push(...twice(`need of practice ${id},`, parts))
    for (const need of needs) whole(need.minutes, 0, `What practice ${id} needs of ${need.duty}, in minutes a week,`)
  }
  for (const person of staff) {
    whole(person.availableMinutes, 0, `The time of person ${person.id} in minutes a week`)
    whole(person.travelAllowance, 0, `The time for travel of person ${person.id} in minutes a week`)
    for (const [practice, minutes] of Object.entries(person.travelMinutes))
      whole(minutes, 0, `The way of person ${person.id} to practice ${practice}`)
    for (const [practice, minutes] of Object.entries(person.currentMinutes))
      whole(minutes, 0, `The time of person ${person.id} for practice ${practice}`)
  }
  // Pins are judged only against values that can be counted with.
  return faults.length > 0 ? faults : [...rules.pins.flatMap((pin) => pinFaults(problem, pin)), ...crowdedPins(problem)]
}

const twice = (what: string, all: readonly { readonly id: string }[]): string[] =>
  [...new Set(all.map(({ id }) => id).filter((id, at, ids) => ids.indexOf(id) !== at))].map(
    (id) => `The ${what} ${id} is there twice; name each once.`,
  )

function pinFaults({ practices, staff, rules }: Problem, pin: Pin): string[] {
  const who = `The pin of person ${pin.staffId} to practice ${pin.practiceId}`
  const person = staff.find(({ id }) => id === pin.staffId)
  const practice = practices.find(({ id }) => id === pin.practiceId)
  if (!person || !practice) return [`${who} names somebody or something that is not here; take it away.`]
  const bars = practice.needs.map((need) => barOf(person, practice, need, rules))
  if (!bars.includes(null)) return [`${who} is against ${[...new Set(bars)].join(', ') || 'a practice that needs nothing'}; take it away.`]
  const [pair] = eligiblePairs({ practices: [practice], staff: [person], rules })
  if (!pair)
    return [`${who} needs a block of at least ${rules.minimumBlockMinutes} minutes, and the person has ${person.availableMinutes}.`]
  const steps = pair.pinned?.steps ?? pair.least
  if (!Number.isInteger(steps) || steps < pair.least || steps > pair.most)
    return [
      `${who} is for ${pin.minutes} minutes; give ${pair.least * rules.stepMinutes} to ${pair.most * rules.stepMinutes} in steps of ${rules.stepMinutes}.`,
    ]
  if (rules.pins.filter((one) => isPair(one, pin.staffId, pin.practiceId)).length > 1) return [`${who} is there twice; name it once.`]
  return []
}

/** Pins that one by one could be kept and together cannot. */
function crowdedPins(problem: Problem): string[] {
  const { staff, rules } = problem
  const pinned = eligiblePairs(problem).filter((pair) => pair.pinned)
  return staff.flatMap((person) => {
    const own = pinned.filter((pair) => pair.person === person)
    const minutes = own.reduce((sum, { pinned, least }) => sum + (pinned?.steps ?? least), 0) * rules.stepMinutes
    const travel = own.reduce((sum, pair) => sum + pair.travel, 0)
    return [
      ...(minutes > person.availableMinutes
        ? [`The pins of person ${person.id} take ${minutes} minutes a week of ${person.availableMinutes}; take one away.`]
        : []),
      ...(own.length > rules.maximumPractices
        ? [`Person ${person.id} is pinned to ${own.length} practices, and ${rules.maximumPractices} are the most; take one away.`]
        : []),
      ...(travel > person.travelAllowance
        ? [`The pins of person ${person.id} take ${travel} minutes a week on the road of ${person.travelAllowance}; take one away.`]
        : []),
    ]
  })
}
