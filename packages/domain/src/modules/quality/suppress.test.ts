import { type PopulationCounts, revealsFew } from './suppress.ts'

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
