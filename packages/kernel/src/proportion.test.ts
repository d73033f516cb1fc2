import { ACTION, binomialLimits, differenceInterval, WARNING, wilsonInterval } from './proportion.ts'

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
  for (const all of [1, 2, 3, 7, 20, 333, 100_000]) {
    for (const hits of new Set([0, 1, Math.floor(all / 3), Math.ceil(all / 2), all - 1, all])) {
      const { low, high } = wilsonInterval(hits, all)
      const mirrored = wilsonInterval(all - hits, all)
      const larger = wilsonInterval(hits * 2, all * 2)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(hits / all)
      expect(high).toBeGreaterThanOrEqual(hits / all)
      expect(mirrored.low).toBeCloseTo(1 - high, 10)
      expect(larger.high - larger.low).toBeLessThan(high - low)
    }
  }
})

test('the interval of a difference agrees with published figures', () => {
  // Newcombe RG, Statistics in Medicine 17:873-890, 1998, table II, method 10.
  for (const [a, m, b, n, low, high] of [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 10, -0.2775, 0.2775],
  ] as const) {
    const interval = differenceInterval({ hits: a, of: m }, { hits: b, of: n })
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  }
})

const cumulated = (rate: number, of: number): number[] => {
  let term = (1 - rate) ** of
  let sum = 0
  return Array.from({ length: of + 1 }, (_, hits) => {
    sum += term
    term *= ((of - hits) / (hits + 1)) * (rate / (1 - rate))
    return sum
  })
}

test('binomial limits are quantiles, as far between whole people as the definition says', () => {
  // F(1) = 11/1024 and F(2) = 56/1024 of ten at one half: 2 - (56/1024 - 0.025) / (45/1024) people, and the same from above.
  const people = 2 - (56 / 1024 - 0.025) / (45 / 1024)
  expect(binomialLimits(0.5, 10, WARNING).low).toBeCloseTo(people / 10, 10)
  for (const rate of [0.01, 0.13, 0.5, 0.77, 0.99]) {
    for (const people of [1, 2, 9, 40, 140]) {
      const upTo = cumulated(rate, people)
      for (const outside of [WARNING, ACTION]) {
        const { low, high } = binomialLimits(rate, people, outside)
        for (const [limit, level] of [
          [low, outside / 2],
          [high, 1 - outside / 2],
        ] as const) {
          const whole = upTo.findIndex((sum) => sum >= level - 1e-12)
          expect(limit * people).toBeLessThanOrEqual(whole + 1e-6)
          expect(limit * people).toBeGreaterThanOrEqual(Math.max(0, whole - 1) - 1e-6)
        }
        expect(low).toBeLessThanOrEqual(high)
      }
    }
  }
})

test('of thousands of people they are those of the normal distribution, and nothing overflows', () => {
  const { low, high } = binomialLimits(0.3, 20_000, WARNING)
  const reach = 1.959963984540054 * Math.sqrt((0.3 * 0.7) / 20_000)
  expect(low).toBeCloseTo(0.3 - reach, 4)
  expect(high).toBeCloseTo(0.3 + reach, 4)
})
