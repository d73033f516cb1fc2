import fc from 'fast-check'
import { rateOf, wilsonInterval } from './rate.ts'

test('agrees with published figures', () => {
  // Newcombe RG, Statistics in Medicine 17:857-872, 1998, table I, method 3.
  for (const [hits, of, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const interval = wilsonInterval(hits, of)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  }
})

test('holds the rate, stays within 0 and 1, mirrors, and narrows as people are added', () => {
  const sample = fc.integer({ min: 1, max: 100_000 }).chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
  fc.assert(
    fc.property(sample, ([hits, of]) => {
      const { low, high } = wilsonInterval(hits, of)
      const mirrored = wilsonInterval(of - hits, of)
      const larger = wilsonInterval(hits * 2, of * 2)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(hits / of)
      expect(high).toBeGreaterThanOrEqual(hits / of)
      expect(mirrored.low).toBeCloseTo(1 - high, 10)
      expect(larger.high - larger.low).toBeLessThan(high - low)
    }),
  )
})

test('people excluded or excepted are not counted; nobody counted means no rate', () => {
  expect(rateOf({ denominator: 12, denominatorExclusion: 1, denominatorException: 1, numerator: 5 }).rate).toBe(0.5)
  expect(rateOf({ denominator: 3, denominatorExclusion: 2, denominatorException: 1, numerator: 0 })).toEqual({ rate: null, interval: null })
})
