import { addDays } from '@carecommons/kernel'
import fc from 'fast-check'
import { opportunity } from './opportunity.ts'
import { chartWith } from './risk-chart.fixture.ts'
import type { Reading, RiskChart } from './risk-chart.ts'
import { segment, tier } from './tier.ts'

const TEN = ['E11.9', 'I10', 'I50.9', 'I25.10', 'I48.91', 'I63.9', 'J44.9', 'N18.30', 'F32.9', 'M17.9']
const stay = { fact: 'Encounter/1', on: '2025-12-01', until: '2025-12-04', urgent: null }

test('tiers by how many major conditions, each once however many codes say it', () => {
  const byCount = [0, 1, 3, 4, 6, 7, 9, 10].map((many) => tier(chartWith(TEN.slice(0, many))).score)
  expect(byCount).toEqual([0, 1, 1, 2, 2, 3, 3, 4])
  expect(tier(chartWith(['E11.9', 'E11.65', 'E10.9']))).toMatchObject({ score: 1, band: 'low' })
})

test('age and use of hospitals move up whoever has a condition, and nobody beyond the highest tier', () => {
  const old = { birthDate: '1951-03-02' } as const
  expect([
    tier(chartWith([], old)).score,
    tier(chartWith(['I10'], old)).score,
    tier(chartWith(['I10'], { birthDate: '1951-03-03' })).score,
  ]).toEqual([0, 2, 1])
  expect([tier(chartWith(['I10'], { stays: [stay] })).score, tier(chartWith([], { stays: [stay] })).score]).toEqual([2, 0])
  expect(tier(chartWith(['I10'], { stays: [{ ...stay, on: '2025-03-02' }] })).score).toBe(1)
  expect(tier(chartWith(TEN, { ...old, stays: [stay] })).score).toBe(4)
  expect(tier(chartWith(['I10'], { birthDate: null })).inputs).toContainEqual({
    text: 'Birth date not told: age not counted',
    points: 0,
    atMost: 1,
    facts: [],
  })
})

test('segments', () => {
  const of = (codes: readonly string[], more: Partial<RiskChart> = {}) => segment(chartWith(codes, more)).band
  expect([of([]), of(['E78.5']), of(['I10', 'E78.5']), of(['I10'], { stays: [stay] })]).toEqual([
    'healthy',
    'at-risk',
    'stable',
    'unstable',
  ])
  expect([of(TEN.slice(0, 7)), of(TEN.slice(0, 4)), of(TEN.slice(0, 4), { stays: [stay] })]).toEqual(['complex', 'stable', 'complex'])
  expect([of(['Z51.5']), of(['R54', ...TEN])]).toEqual(['frail', 'frail'])
})

const values = (a1c: readonly (readonly [number, string])[]): Partial<RiskChart> => ({
  values: { ...chartWith([]).values, a1c: a1c.map(([value, on]): Reading => ({ fact: `Observation/${on}`, on, value })) },
})
const points = (more: Partial<RiskChart>, codes: readonly string[] = []) => opportunity(chartWith(codes, more)).score

test('a value counts when a second reading, two weeks apart, says the same: one bad day does not', () => {
  expect(points(values([[10, '2026-02-01']]))).toBe(0)
  expect(opportunity(chartWith([], values([[10, '2026-02-01']]))).inputs[0]).toMatchObject({ points: 0, atMost: 3 })
  expect(
    points(
      values([
        [10, '2026-02-01'],
        [9.5, '2026-01-25'],
      ]),
    ),
  ).toBe(0)
  expect(
    points(
      values([
        [10, '2026-02-01'],
        [9.5, '2026-01-18'],
      ]),
    ),
  ).toBe(3)
  expect(
    points(
      values([
        [10, '2026-02-01'],
        [8, '2025-11-01'],
        [11, '2025-08-01'],
      ]),
    ),
  ).toBe(0)
  expect(
    points(
      values([
        [8, '2026-02-01'],
        [11, '2025-11-01'],
      ]),
    ),
  ).toBe(0)
  expect(
    points(
      values([
        [8.9, '2026-02-01'],
        [8.4, '2025-11-01'],
        [7.8, '2025-08-01'],
      ]),
    ),
  ).toBe(2)
})

test('gaps, a return from hospital, more use than before, and silence', () => {
  expect([1, 5, 9].map((openGaps) => points({ openGaps }))).toEqual([1, 5, 5])
  expect(points({ stays: [{ ...stay, on: '2026-02-18', until: '2026-02-20' }] })).toBe(3)
  const visit = (on: string) => ({ fact: `Encounter/${on}`, on, until: on })
  expect(points({ emergencies: [visit('2026-01-10'), visit('2025-12-10')] })).toBe(2)
  expect(points({ emergencies: [visit('2026-01-10'), visit('2025-12-10'), visit('2025-06-10'), visit('2025-05-10')] })).toBe(0)
  expect([points({ lastSeenOn: '2025-01-01' }, ['I10', 'E11.9']), points({ lastSeenOn: '2025-01-01' }, ['I10'])]).toEqual([2, 0])
  expect(points({ openGaps: 5 }, ['Z51.5'])).toBe(0)
})

test('more problems never lower a tier, and the opportunity of a chart with nothing open is 0', () => {
  fc.assert(
    fc.property(fc.subarray(TEN), fc.constantFrom(...TEN), fc.nat(900), (some, one, days) => {
      const more = { lastSeenOn: addDays('2026-03-02', -Math.min(days, 180)) }
      expect(tier(chartWith([...some, one], more)).score).toBeGreaterThanOrEqual(tier(chartWith(some, more)).score)
      expect(points(more, some)).toBe(0)
    }),
  )
})
