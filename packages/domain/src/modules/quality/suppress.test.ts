import fc from 'fast-check'
import { type PopulationCounts, revealsFew, suppress } from './suppress.ts'

const counts = (denominator: number, numerator: number, more: Partial<PopulationCounts> = {}): PopulationCounts => ({
  initialPopulation: denominator,
  denominator,
  denominatorExclusion: 0,
  denominatorException: 0,
  numerator,
  ...more,
})

test('hardening 22: 0 and 11 are shown, 1 and 10 are not, whichever count or complement they are', () => {
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
  expect(suppress(counts(265, 132), practices)).toEqual({ region: false, practices: [false, true, true] })
})

test('a lone practice is its region', () => {
  expect(suppress(counts(100, 50), [counts(100, 50)])).toEqual({ region: false, practices: [false] })
})

test('what the rows exceed their region by is people, too: few of them hide rows', () => {
  // Twelve members stand in two rows each, ten of them in the numerator.
  const practices = [counts(150, 80), counts(120, 60), counts(80, 40)]
  expect(suppress(counts(338, 170), practices).practices).toEqual([false, true, true])
})

test('as many hidden rows as people tell that each has one: then the region is hidden with them', () => {
  expect(suppress(counts(12, 0), Array<PopulationCounts>(12).fill(counts(1, 0)))).toEqual({
    region: true,
    practices: Array<boolean>(12).fill(true),
  })
})

const row = fc.record({ denominator: fc.integer({ min: 0, max: 60 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })

test('no hidden count can be worked out: no row is hidden, or the region is, or the rest is of several rows and reveals nothing', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
      const practices = rows.map(({ denominator, share }) => counts(denominator, Math.round(denominator * share)))
      const region = counts(
        practices.reduce((sum, one) => sum + one.denominator, 0),
        practices.reduce((sum, one) => sum + one.numerator, 0),
      )
      fc.pre(!revealsFew(region))
      const { region: regionHidden, practices: hidden } = suppress(region, practices)
      const missing = practices.filter((_, index) => hidden[index])
      practices.forEach((one, index) => {
        if (!hidden[index]) expect(revealsFew(one)).toBe(false)
      })
      if (missing.length === 0 || regionHidden) return
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
