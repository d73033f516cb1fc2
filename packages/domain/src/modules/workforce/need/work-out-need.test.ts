import { figureNames } from './figures.ts'
import type { FigureRow } from './read-figures.ts'
import { asItIs, type NeedFact, weekdaysOf, type WhatIf, workOutNeed } from './work-out-need.ts'

const values: Partial<Record<string, number>> = {
  ...{ 'enrolled-percent': 50, 'minutes-tier-3': 60, 'minutes-tier-4': 200, 'minutes-transition': 60 },
  ...{
    'travel-percent': 10,
    'meeting-minutes': 100,
    'training-minutes': 50,
    'supervision-minutes': 50,
    'team-people': 1000,
    'team-minutes': 500,
  },
}
const held: FigureRow[] = figureNames.map((figure) => ({
  id: figure,
  figure,
  value: values[figure] ?? 0,
  since: '2024-01-01',
  source: 'x',
}))
const fact = (practiceId: string | null, name: NeedFact['fact'], amount: number, more: Partial<NeedFact> = {}): NeedFact => ({
  ...{ practiceId, fact: name, month: null, tier: null, discipline: null, amount, told: true, ...more },
})
const facts: NeedFact[] = [
  fact('a', 'people', 900, { tier: 0 }),
  fact('a', 'people', 80, { tier: 3 }),
  fact('a', 'people', 20, { tier: 4 }),
  fact('a', 'transitions', 24),
  fact('a', 'scheduled', 3000, { month: '2026-03-01' }),
  fact('b', 'people', 40, { tier: 3, told: false }),
  fact(null, 'people', 900, { tier: 0 }),
  fact(null, 'people', 120, { tier: 3, told: false }),
  fact(null, 'people', 20, { tier: 4 }),
  fact(null, 'transitions', 24),
  fact(null, 'scheduled', 3000, { month: '2026-03-01' }),
  fact(null, 'paid', 10_560, { month: '2026-03-01' }),
  fact(null, 'leave', 960, { month: '2026-03-01' }),
  fact(null, 'days', 20, { month: '2026-03-01' }),
]
const workOut = (whatIf: WhatIf = asItIs, figures: readonly FigureRow[] = held, of = facts) =>
  workOutNeed({ facts: of, figures, first: '2026-03-01', today: '2026-03-16', whatIf })

test('capacity is paid time less leave, travel, meetings, training and supervision; need is people by tier times minutes, and discharges', () => {
  const { months, practices } = workOut()
  expect(months).toHaveLength(12)
  expect(months[0]).toEqual({
    ...{ month: '2026-03-01', paid: 10_560, leave: 960, travel: 960, meetings: 400, training: 200, supervision: 200, capacity: 7840 },
    // Half of 120 people at 60, half of 20 at 200, and 2 discharges a month at 60.
    ...{ demand: 5720, scheduled: 3000 },
  })
  const [a, b] = practices
  expect(a).toMatchObject({ people: 1000, told: true, transitions: 24, transitionMinutes: 120 })
  expect(a!.tiers.map(({ people, minutes }) => [people, minutes])).toEqual([
    [900, 0],
    [0, 0],
    [0, 0],
    [80, 2400],
    [20, 2000],
  ])
  // Of the capacity 4,520 of 5,720 parts; 1,000 people entitle to 500 minutes a week, of which March 2026 has 4.4.
  expect(a!.months[0]).toEqual({
    month: '2026-03-01',
    demand: 4520,
    share: Math.round((7840 * 4520) / 5720),
    scheduled: 3000,
    entitlement: 2200,
  })
  expect(b).toMatchObject({ people: 40, told: false })
  expect(a!.months[0]!.share + b!.months[0]!.share).toBe(7840)
})

test('a figure holds from its day on: this month by what holds today, a later one by what holds on its first day', () => {
  const later = (since: `${number}-${number}-${number}`, value: number): FigureRow => ({
    id: since,
    figure: 'enrolled-percent',
    value,
    since,
    source: 'target',
  })
  const demands = workOut(asItIs, [later('2026-05-02', 100), later('2026-03-10', 60), ...held]).months.map(({ demand }) => demand)
  expect(demands.slice(0, 5)).toEqual([6840, 6840, 6840, 11_320, 11_320])
})

test('what is supposed changes need or capacity and nothing else', () => {
  const [as] = workOut().months
  expect(workOut({ ...asItIs, peoplePercent: 100 }).months[0]).toEqual({ ...as, demand: 11_440 })
  expect(workOut({ ...asItIs, figures: [{ figure: 'minutes-tier-4', value: 0 }] }).months[0]).toEqual({ ...as, demand: 3720 })
  expect(workOut({ ...asItIs, addedStaff: 1 }).months[0]).toMatchObject({ paid: 10_560 + 22 * 480, leave: 960, demand: 5720 })
  expect(workOut({ ...asItIs, addedStaff: -9 }).months[0]).toMatchObject({ paid: 0, leave: 0, travel: 0, capacity: 0 })
})

test('where nobody needs anything, or there is nobody to give it, shares are nothing', () => {
  const none = facts.filter((one) => one.fact !== 'people' && one.fact !== 'transitions')
  expect(workOut(asItIs, held, [...none, fact('a', 'people', 9, { tier: 0 })]).practices[0]!.months[0]).toMatchObject({
    demand: 0,
    share: 0,
  })
  const idle = facts.filter((one) => one.fact !== 'paid')
  expect(workOut(asItIs, held, idle).practices[0]!.months[0]!.share).toBe(0)
})

test('weekdays of a month', () => {
  expect(['2026-02-01', '2026-03-01', '2026-08-01'].map((month) => weekdaysOf(month as `${number}-${number}-${number}`))).toEqual([
    20, 22, 21,
  ])
})
