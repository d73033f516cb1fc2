import { amongPeers, changeOf, closingOf, type Month, placeOf, yearsOf } from './months.ts'

const day = (months: number, last = false): string =>
  new Date(Date.UTC(2024, months + (last ? 1 : 0), last ? 0 : 1)).toISOString().slice(0, 10)
const month = (index: number, numerator: number, more: Partial<Month> = {}): Month => ({
  ...{ start: day(index - 11), end: day(index, true), counted: 100, numerator, rate: numerator / 100, openBefore: 40, closed: 10 },
  ...more,
})
const months = (numerators: readonly number[]): Month[] => numerators.map((numerator, index) => month(index, numerator))

test('of years that share months only points outside the limits of the first twelve are marked', () => {
  const points = yearsOf(months([...Array.from({ length: 12 }, () => 50), 55, 58, 60, 62, 64, 64.9, 65.1].map(Math.round)))
  expect(points.map(({ signals }) => signals.length)).toEqual([...Array.from({ length: 18 }, () => 0), 0])
  expect(yearsOf(months([...Array.from({ length: 12 }, () => 50), 66])).at(-1)).toMatchObject({
    signals: ['outside'],
    limits: { middle: 0.5 },
  })
})

test('twelve points or fewer have no limits; a month that counts nobody is no point', () => {
  expect(yearsOf(months(Array.from({ length: 12 }, () => 50))).every(({ limits }) => limits === null)).toBe(true)
  expect(yearsOf([month(0, 0, { counted: 0 })])).toEqual([])
})

test('closed gaps are summed over measures, and all rules are asked', () => {
  const points = Array.from({ length: 14 }, (_, index) => month(index, 50, { closed: index < 7 ? 8 : 16 }))
  const closing = closingOf([{ points: [month(-1, 1, { openBefore: null, closed: null }), ...points] }, { points }])
  expect(closing).toHaveLength(14)
  expect(closing[0]).toMatchObject({ hits: 16, of: 80, value: 0.2 })
  expect(closing.every(({ signals }) => signals.includes('shift'))).toBe(true)
})

test('the last twelve months are compared with the twelve before, which share no day with them', () => {
  const two = [...months(Array.from({ length: 13 }, () => 40)).slice(0, 12), month(12, 60)]
  expect(changeOf(two, 'INCREASE')).toMatchObject({ difference: expect.closeTo(0.2, 10) as number, verdict: 'better' })
  expect(changeOf(two, 'DECREASE')?.verdict).toBe('worse')
  expect(changeOf([month(0, 40), month(12, 44)], 'INCREASE')?.verdict).toBe('alike')
  expect(changeOf([month(0, 40), month(11, 90)], 'INCREASE')).toBeNull()
})

test('five others have a middle half, four have none', () => {
  expect(amongPeers(0.5, [0.2, 0.3, 0.4, 0.6, 0.8], 'INCREASE')).toEqual({ ahead: 3, of: 5, middle: { low: 0.3, high: 0.6 } })
  expect(amongPeers(0.5, [0.2, 0.3, 0.4, 0.6], 'DECREASE')).toEqual({ ahead: 1, of: 4, middle: null })
  expect(amongPeers(0.5, [], 'INCREASE')).toBeNull()
})

test('a day stands between the ends of the months around it', () => {
  const ends = ['2025-01-31', '2025-02-28', '2025-03-31']
  expect(placeOf('2025-02-28', ends)).toBe(1)
  expect(placeOf('2025-02-14', ends)).toBe(0.5)
  expect(placeOf('2025-01-31', ends)).toBeNull()
  expect(placeOf('2025-04-01', ends)).toBeNull()
})
