import { openSolver, type Plan, type Problem, problemFaults, proposeAllocation, proposeWith } from '@carecommons/domain'
import fc from 'fast-check'
import { bestWorth, type Worth } from './allocation/exhaustive.ts'
import { problems } from './allocation/problems.ts'

let solver: Awaited<ReturnType<typeof openSolver>>
beforeAll(async () => {
  solver = await openSolver()
})

/** In time that no small problem needs. */
const planOf = (problem: Problem, seconds = 60): Plan | null => {
  const proposal = proposeWith(solver, problem, { seconds, prices: false })
  return proposal.ok ? proposal.plan : null
}

/** What a plan is compared by, read from its hours. */
function worthOf({ practices, rules }: Problem, { hours }: Plan): Worth {
  const given = practices.map((practice) => ({
    steps: hours.filter(({ practiceId }) => practiceId === practice.id).reduce((sum, { minutes }) => sum + minutes / rules.stepMinutes, 0),
    needed: practice.needs.reduce((sum, { minutes }) => sum + Math.ceil(minutes / rules.stepMinutes), 0),
  }))
  const levels = Array.from(
    { length: rules.levels },
    (_, at) => given.filter(({ steps, needed }) => needed > 0 && steps * rules.levels >= (at + 1) * needed).length,
  )
  const served = given.reduce((sum, { steps }) => sum + steps, 0)
  const kept = hours.reduce((sum, { minutes, currentMinutes }) => sum + Math.min(minutes, currentMinutes) / rules.stepMinutes, 0)
  return [...levels, served, kept, -hours.reduce((sum, { travelMinutes }) => sum + travelMinutes, 0)]
}

test('no plan is better than the one proposed, whichever is tried', () => {
  const seen = { tried: 0, impossible: 0, worthless: 0 }
  fc.assert(
    fc.property(problems({ practices: 3, staff: 3, needs: 2, steps: 3 }), (problem) => {
      fc.pre(problemFaults(problem).length === 0)
      const best = bestWorth(problem)
      fc.pre(best !== undefined)
      const plan = planOf(problem)
      seen[best === null ? 'impossible' : best.every((value) => value === 0) ? 'worthless' : 'tried']++
      if (best === null || plan === null) return expect(plan).toBe(best)
      expect(worthOf(problem, plan)).toEqual(best)
      expect(plan.proofs.filter(({ value, bound }) => value !== bound)).toEqual([])
    }),
    { numRuns: 400 },
  )
  expect(seen.tried).toBeGreaterThan(80)
})

test('no plan breaks scope, license, language, hours, travel, block, pin or forbid', () => {
  let planned = 0
  fc.assert(
    fc.property(problems({ practices: 8, staff: 6, needs: 3, steps: 12 }), (problem) => {
      fc.pre(problemFaults(problem).length === 0)
      // A plan that was given up early has to keep every rule, too.
      const plan = planOf(problem, 0.4)
      if (!plan) return
      planned += plan.hours.length
      for (const { staffId, practiceId, minutes, byNeed } of plan.hours) {
        const person = problem.staff.find(({ id }) => id === staffId)!
        const practice = problem.practices.find(({ id }) => id === practiceId)!
        expect(problem.rules.forbids).not.toContainEqual({ staffId, practiceId })
        expect(byNeed.reduce((sum, one) => sum + one.minutes, 0)).toBe(minutes)
        for (const { duty, language } of byNeed) {
          const may = problem.rules.scope[duty]!.find(({ discipline }) => discipline === person.discipline)
          expect(may).toBeDefined()
          if (may!.needsLicense) expect(person.states).toContain(practice.state)
          if (language !== null) expect(person.languages).toContain(language)
        }
      }
      for (const person of problem.staff) {
        const own = plan.hours.filter(({ staffId }) => staffId === person.id)
        expect(own.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(person.availableMinutes)
        expect(own.reduce((sum, { practiceId }) => sum + person.travelMinutes[practiceId]!, 0)).toBeLessThanOrEqual(person.travelAllowance)
        expect(own.length).toBeLessThanOrEqual(problem.rules.maximumPractices)
      }
      for (const { staffId, practiceId, minutes } of problem.rules.pins) {
        const [pinned, ...more] = plan.hours.filter((one) => one.staffId === staffId && one.practiceId === practiceId)
        expect(more).toEqual([])
        expect(pinned?.minutes).toBe(minutes ?? pinned?.minutes ?? 'pinned and left out')
      }
    }),
    { numRuns: 40 },
  )
  expect(planned).toBeGreaterThan(50)
})

const by = (discipline: string) => ({ discipline, needsLicense: true })
const problem: Problem = {
  practices: [
    { id: 'alder', state: 'NY', needs: [{ duty: 'care-management', language: null, minutes: 600 }] },
    {
      id: 'birch',
      state: 'NY',
      needs: [
        { duty: 'care-management', language: null, minutes: 480 },
        { duty: 'care-management', language: 'es', minutes: 120 },
      ],
    },
    { id: 'cedar', state: 'VT', needs: [{ duty: 'medication-review', language: null, minutes: 120 }] },
  ],
  staff: [
    {
      id: 'dana',
      discipline: 'nurse',
      states: ['NY'],
      languages: [],
      availableMinutes: 480,
      travelAllowance: 120,
      travelMinutes: { alder: 30, birch: 60 },
      currentMinutes: { alder: 480 },
    },
    {
      id: 'eli',
      discipline: 'nurse',
      states: ['NY'],
      languages: ['es'],
      availableMinutes: 480,
      travelAllowance: 120,
      travelMinutes: { alder: 60, birch: 30 },
      currentMinutes: { birch: 240, cedar: 60 },
    },
    {
      id: 'flo',
      discipline: 'pharmacist',
      states: ['NY'],
      languages: [],
      availableMinutes: 480,
      travelAllowance: 120,
      travelMinutes: {},
      currentMinutes: {},
    },
  ],
  rules: {
    stepMinutes: 60,
    minimumBlockMinutes: 240,
    maximumPractices: 2,
    levels: 10,
    scope: { 'care-management': [by('nurse')], 'medication-review': [by('pharmacist')] },
    pins: [],
    forbids: [],
  },
}

test('a plan says why: what stays, what only one person can do, what ends, what nobody may do, and what each rule costs', async () => {
  const proposal = await proposeAllocation(problem, { seconds: 20 })
  if (!proposal.ok) throw new Error(proposal.faults.join(' '))
  const { plan } = proposal
  expect(plan.hours.map(({ staffId, practiceId, minutes }) => [staffId, practiceId, minutes])).toEqual([
    ['dana', 'alder', 480],
    ['eli', 'birch', 480],
  ])
  expect(plan.hours[0]!.because).toEqual([
    { kind: 'kept', minutes: 480 },
    { kind: 'lifts', from: 0, to: 80 },
  ])
  expect(plan.hours[1]!.because).toContainEqual({ kind: 'kept', minutes: 240 })
  expect(plan.ending).toEqual([{ staffId: 'eli', practiceId: 'cedar', minutes: 60, because: 'scope' }])
  expect(plan.practices.find(({ practiceId }) => practiceId === 'cedar')).toEqual({
    ...{ practiceId: 'cedar', neededMinutes: 120, servedMinutes: 0, level: 0 },
    unserved: [{ duty: 'medication-review', language: null, minutes: 120, because: { kind: 'nobody-may', bars: ['license'] } }],
  })
  expect(plan.practices[0]!.unserved).toEqual([{ duty: 'care-management', language: null, minutes: 120, because: { kind: 'all-planned' } }])
  const license = plan.prices.find(({ rule }) => rule.kind === 'license')!
  expect(license).toMatchObject({ leastLevel: 8, servedMinutes: 1080, proven: true })
  expect(plan.prices.find(({ rule }) => rule.kind === 'minimum-block')).toMatchObject({ leastLevel: 0, servedMinutes: 960, proven: true })
})

test.each<[string, Partial<Problem['rules']>, string]>([
  ['a step of nothing', { stepMinutes: 0 }, 'The step of time in minutes is 0; give a whole number from 1 on.'],
  [
    'a pin against a license',
    { pins: [{ staffId: 'flo', practiceId: 'cedar', minutes: null }] },
    'The pin of person flo to practice cedar is against license; take it away.',
  ],
  [
    'a pin of nobody',
    { pins: [{ staffId: 'gus', practiceId: 'alder', minutes: null }] },
    'The pin of person gus to practice alder names somebody or something that is not here; take it away.',
  ],
  [
    'a pin too short for a block',
    { pins: [{ staffId: 'dana', practiceId: 'alder', minutes: 120 }] },
    'The pin of person dana to practice alder is for 120 minutes; give 240 to 480 in steps of 60.',
  ],
])('told before it is tried: %s', async (_, rules, fault) => {
  expect(await proposeAllocation({ ...problem, rules: { ...problem.rules, ...rules } }, { seconds: 1 })).toEqual({
    ok: false,
    faults: [fault],
  })
})

test('pins that only the needs of a practice keep apart are told, too', () => {
  const both = { pins: ['dana', 'eli'].map((staffId) => ({ staffId, practiceId: 'alder', minutes: 480 })) }
  expect(proposeWith(solver, { ...problem, rules: { ...problem.rules, ...both } }, { seconds: 5 })).toEqual({
    ok: false,
    faults: [
      'These pins cannot be kept together: person dana at practice alder for 480 minutes a week; person eli at practice alder for 480 minutes a week. Take one of them away.',
    ],
  })
  // A pin that has no part in it is not named.
  const staff = problem.staff.map((person) => (person.id === 'flo' ? { ...person, states: ['NY', 'VT'] } : person))
  const three = { ...problem.rules, pins: [{ staffId: 'flo', practiceId: 'cedar', minutes: 120 }, ...both.pins] }
  expect(problemFaults({ ...problem, staff, rules: three })).toEqual([])
  expect(proposeWith(solver, { ...problem, staff, rules: three }, { seconds: 5 })).toEqual({
    ok: false,
    faults: [expect.not.stringContaining('cedar')],
  })
})
