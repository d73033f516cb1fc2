import { addDays, addMonths } from '@carecommons/kernel'
import fc from 'fast-check'
import { type EndedStay, hospital, lace, recentStay } from './after-discharge.ts'
import type { Reading } from './risk-chart.ts'
import { chartWith } from './risk-chart.fixture.ts'

const stayOf = (days: number, urgent: boolean | null = false): EndedStay => ({
  fact: 'Encounter/stay',
  on: addDays('2026-02-20', -days),
  until: '2026-02-20',
  urgent,
})
const visits = (on: string, many: number) =>
  Array.from({ length: many }, (_, n) => ({ fact: `Encounter/er-${n}`, on: addDays(on, -7 * n), until: null }))

test('worked examples of LACE: those of the R package cliot', () => {
  // 5 days, acute, comorbidity of 5, 2 emergency visits.
  const stay = stayOf(5, true)
  expect(lace(chartWith(['F03.90', 'J44.9'], { stays: [stay], emergencies: visits('2026-01-20', 2) }), stay)).toMatchObject({
    score: 14,
    band: 'high',
  })
  // 2 days, planned, nothing else.
  expect(lace(chartWith([], { stays: [stayOf(2)] }), stayOf(2))).toMatchObject({ score: 2, band: 'low' })
})

test('LACE has its own table: each row of it, the sum of 4 made 5, and two degrees of kidney disease', () => {
  const comorbidity = (codes: readonly string[]) => lace(chartWith(codes), stayOf(0)).score
  const rows: readonly (readonly [string, number])[] = [
    ...([
      ['I21.9', 1],
      ['I63.9', 1],
      ['I70.0', 1],
      ['E11.9', 1],
      ['I50.9', 2],
      ['E11.40', 2],
      ['J44.9', 2],
      ['K73.9', 2],
      ['N18.30', 2],
    ] as const),
    ...([
      ['C50.9', 2],
      ['F03.90', 3],
      ['M06.9', 3],
      ['K72.90', 5],
      ['N18.6', 5],
      ['B20', 5],
      ['C79.51', 5],
      ['K25.9', 0],
      ['G81.90', 0],
    ] as const),
  ]
  for (const [code, points] of rows) expect({ code, points: comorbidity([code]) }).toEqual({ code, points })
  expect([comorbidity(['I21.9', 'I50.9']), comorbidity(['I50.9', 'J44.9']), comorbidity(['I21.9', 'E11.9'])]).toEqual([3, 5, 2])
})

const laceDays = (days: number): number => (days < 1 ? 0 : days < 4 ? days : days < 7 ? 4 : days < 14 ? 5 : 7)

test('LACE is the sum of its parts, 0 to 19, and unknown acuity is said', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.option(fc.boolean()), fc.nat(8), (days, urgent, emergencies) => {
      const stay = stayOf(days, urgent)
      const { score, inputs } = lace(chartWith(['C79.51'], { emergencies: visits(addDays(stay.on, -10), emergencies) }), stay)
      expect(score).toBe(laceDays(days) + (urgent ? 3 : 0) + 5 + Math.min(emergencies, 4))
      expect(inputs.some(({ atMost }) => atMost === 3)).toBe(urgent === null)
    }),
  )
  expect(lace(chartWith(['C79.51'], { emergencies: visits('2026-01-20', 9) }), stayOf(20, true)).score).toBe(19)
})

test('the emergency visit that led to the stay is not counted; one of half a year and a day before is not, either', () => {
  const stay = stayOf(3, true)
  const at = (on: string) => lace(chartWith([], { emergencies: [{ fact: 'Encounter/er', on, until: on }] }), stay).inputs.at(-1)!.points
  expect([
    at(stay.on),
    at(addDays(stay.on, -1)),
    at(addDays(stay.on, -2)),
    at(addMonths(stay.on, -6)),
    at(addDays(addMonths(stay.on, -6), -1)),
  ]).toEqual([0, 0, 1, 1, 0])
})

const reading = (value: number, on: string): Reading => ({ fact: `Observation/${value}`, on, value })

test('the simplified HOSPITAL score: each row of its table, 12 in all', () => {
  const score = (codes: readonly string[], { days = 1, urgent = false, before = 0, hemoglobin = 14, sodium = 140 } = {}) => {
    const stay = stayOf(days, urgent)
    const earlier = Array.from({ length: before }, (_, n) => ({
      ...stayOf(1),
      fact: `Encounter/${n}`,
      on: addDays(stay.on, -30 - n),
      until: addDays(stay.on, -29 - n),
    }))
    const values = { ...chartWith([]).values, hemoglobin: [reading(hemoglobin, '2026-02-20')], sodium: [reading(sodium, '2026-02-20')] }
    return hospital(chartWith(codes, { stays: [stay, ...earlier], values }), stay).score
  }
  expect(score([])).toBe(0)
  expect([score([], { hemoglobin: 12 }), score([], { hemoglobin: 11.9 }), score([], { sodium: 135 }), score([], { sodium: 134 })]).toEqual([
    0, 1, 0, 1,
  ])
  expect([score(['C50.9']), score(['C79.51', 'C50.9']), score(['I10'])]).toEqual([2, 2, 0])
  expect([score([], { urgent: true }), score([], { days: 4 }), score([], { days: 5 })]).toEqual([1, 0, 2])
  // The banding of 2016: 0 or 1, 2 to 5, more than 5.
  expect([0, 1, 2, 5, 6].map((before) => score([], { before }))).toEqual([0, 0, 2, 2, 5])
  expect(score(['C50.9'], { days: 9, urgent: true, before: 8, hemoglobin: 9, sodium: 130 })).toBe(12)
})

test('what is not told of a stay is said, with what it could have added', () => {
  const { score, inputs } = hospital(chartWith([]), stayOf(6, null))
  expect(score).toBe(2)
  expect(inputs.filter(({ atMost }) => atMost !== undefined).map(({ text, atMost }) => [text, atMost])).toEqual([
    ['No hemoglobin at discharge: counted 0', 1],
    ['No sodium at discharge: counted 0', 1],
    ['Not told whether the stay began as an emergency: counted 0', 1],
  ])
})

test('recent is a stay that ended within thirty days, if nobody is in hospital since', () => {
  const at = (until: string | null, more: object = {}) =>
    recentStay(chartWith([], { stays: [{ fact: 'Encounter/1', on: '2026-01-01', until, urgent: null }], ...more }))
  expect([at('2026-01-31'), at('2026-01-30'), at(null), at('2026-03-03')].map((stay) => stay !== null)).toEqual([true, false, false, false])
})
