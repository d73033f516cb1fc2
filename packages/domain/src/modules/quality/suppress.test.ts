import fc from 'fast-check'
import { hiddenRows, type PopulationCounts, revealsFew } from './suppress.ts'

const counts = (denominator: number, numerator: number, more: Partial<PopulationCounts> = {}): PopulationCounts => ({
  initialPopulation: denominator,
  denominator,
  denominatorExclusion: 0,
  denominatorException: 0,
  numerator,
  ...more,
})

test('0 and 11 are shown, 1 and 10 are not, whichever count or complement they are', () => {
  for (const few of [1, 10]) {
    expect(revealsFew(counts(few, 0))).toBe(true)
    expect(revealsFew(counts(100, few))).toBe(true)
    expect(revealsFew(counts(100, 100 - few))).toBe(true)
    expect(revealsFew(counts(100, 40, { denominatorExclusion: few }))).toBe(true)
    expect(revealsFew(counts(100, 40, { denominatorException: few }))).toBe(true)
    expect(revealsFew(counts(100, 40, { initialPopulation: 100 + few }))).toBe(true)
  }
  for (const enough of [0, 11]) {
    expect(revealsFew(counts(100, enough))).toBe(false)
    expect(revealsFew(counts(100, 100 - enough))).toBe(false)
    expect(revealsFew(counts(100, 40, { denominatorExclusion: enough }))).toBe(false)
  }
})

test('one hidden practice takes a second with it, the smallest', () => {
  const practices = [counts(200, 100), counts(60, 30), counts(5, 2)]
  expect(hiddenRows(counts(265, 132), practices)).toEqual([false, true, true])
})

test('a lone practice cannot be told from the region, so it is hidden only when it reveals few', () => {
  expect(hiddenRows(counts(100, 50), [counts(100, 50)])).toEqual([false])
})

const row = fc.record({ denominator: fc.integer({ min: 0, max: 60 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })

test('no hidden count can be worked out: either no row is hidden, or the rest is of several rows and reveals nothing', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
      const practices = rows.map(({ denominator, share }) => counts(denominator, Math.round(denominator * share)))
      const region = counts(
        practices.reduce((sum, one) => sum + one.denominator, 0),
        practices.reduce((sum, one) => sum + one.numerator, 0),
      )
      fc.pre(!revealsFew(region))
      const hidden = hiddenRows(region, practices)
      const missing = practices.filter((_, index) => hidden[index])
      practices.forEach((one, index) => {
        if (!hidden[index]) expect(revealsFew(one)).toBe(false)
      })
      if (missing.length === 0 || missing.length === practices.length) return
      expect(missing.length).toBeGreaterThan(1)
      expect(
        revealsFew(
          counts(
            missing.reduce((sum, one) => sum + one.denominator, 0),
            missing.reduce((sum, one) => sum + one.numerator, 0),
          ),
        ),
      ).toBe(false)
    }),
    { numRuns: 500 },
  )
})
