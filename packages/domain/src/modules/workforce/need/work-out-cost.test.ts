import { figureNames } from './figures.ts'
import type { FigureRow } from './read-figures.ts'
import { workOutCost } from './work-out-cost.ts'
import { asItIs, type NeedFact, workOutNeed } from './work-out-need.ts'

const values: Partial<Record<string, number>> = {
  ...{ 'enrolled-percent': 100, 'minutes-tier-4': 60, 'team-people': 1000, 'hybrid-people-percent': 50 },
  ...{ 'hourly-cents-nurse': 6001, 'hourly-cents-pharmacist': 7500 },
}
const figures: FigureRow[] = figureNames.map((figure) => ({
  id: figure,
  figure,
  value: values[figure] ?? 0,
  since: '2024-01-01',
  source: 'x',
}))
const fact = (practiceId: string | null, name: NeedFact['fact'], amount: number, more: Partial<NeedFact> = {}): NeedFact => ({
  ...{ practiceId, fact: name, month: null, tier: null, discipline: null, amount, told: true, ...more },
})
const month = '2026-03-01'
const facts = [
  fact('a', 'people', 10, { tier: 4 }),
  fact('b', 'people', 20, { tier: 0 }),
  fact('c', 'people', 20, { tier: 4 }),
  fact('b', 'scheduled', 300, { month }),
  fact(null, 'paid', 90, { month, discipline: 'nurse' }),
  fact(null, 'paid', 60, { month, discipline: 'pharmacist' }),
]
const cost = (of: readonly NeedFact[] = facts, whatIf = asItIs) => {
  const asked = { facts: of, figures, first: month, today: '2026-03-16', whatIf } as const
  return workOutCost(asked, workOutNeed(asked).practices)
}

test('cost is paid minutes times what an hour costs, and every rule sums to it to the cent', () => {
  const { cents, lines, rules } = cost()
  expect(lines).toEqual([
    { discipline: 'nurse', minutes: 90, hourlyCents: 6001, cents: 9002 },
    { discipline: 'pharmacist', minutes: 60, hourlyCents: 7500, cents: 7500 },
  ])
  expect(cents).toBe(16_502)
  const by = Object.fromEntries(rules.map(({ rule, shares }) => [rule, shares.map((share) => share.cents)]))
  // Of what is left over each cent goes to the largest remainder, of equal ones to the id that sorts first.
  expect(by).toEqual({
    equal: [5501, 5501, 5500],
    members: [3300, 6601, 6601],
    minutes: [0, 16_502, 0],
    points: [5501, 0, 11_001],
    // Half of it, 8,251 cents, is split by each: 1,650 + 2,750; 3,301 + 0; 3,300 + 5,501.
    hybrid: [4400, 3301, 8801],
  })
  for (const { shares } of rules) expect(shares.reduce((sum, share) => sum + share.cents, 0)).toBe(cents)
})

test('a rule by which nobody has anything says so and splits nothing', () => {
  const { rules } = cost(facts.filter(({ fact: name }) => name !== 'scheduled'))
  expect(rules.find(({ rule }) => rule === 'minutes')).toEqual({
    ...{ rule: 'minutes', shares: [], fault: 'Nobody has any minutes, so nothing can be split by them.' },
  })
})

test('supposed people cost as nurses do', () => {
  expect(cost(facts, { ...asItIs, addedStaff: 1 }).lines[0]).toMatchObject({ minutes: 90 + 22 * 480 })
  expect(cost(facts, { ...asItIs, addedStaff: -1 }).lines.map(({ discipline }) => discipline)).toEqual(['pharmacist'])
})

test('a share stands beside the smallest post that going alone takes', () => {
  const half = {
    ...asItIs,
    figures: [{ figure: 'smallest-post-percent', value: 50 } as const, { figure: 'meeting-minutes', value: 60 } as const],
  }
  const { smallestPost, rules } = cost(facts, half)
  // 22 weekdays of March 2026: 5,280 minutes at 60.01 an hour; an hour of meetings a week leaves 5,016 for patients.
  expect(smallestPost).toEqual({ paidMinutes: 5280, cents: 528_088, minutes: 5016 })
  const hybrid = rules.find(({ rule }) => rule === 'hybrid')!
  expect(hybrid.shares.map(({ alone }) => alone)).toEqual([
    // Ten people need 600 minutes; 84 of them fill a post.
    { posts: 1, aloneCents: 528_088, sharedUnitCents: 440, aloneUnitCents: 52_809, smallestPanel: 84 },
    { posts: 1, aloneCents: 528_088, sharedUnitCents: 166, aloneUnitCents: 26_405, smallestPanel: null },
    { posts: 1, aloneCents: 528_088, sharedUnitCents: 441, aloneUnitCents: 26_405, smallestPanel: 84 },
  ])
  expect(cost().rules[0]!.shares.map(({ alone }) => alone)).toEqual([null, null, null])
})
