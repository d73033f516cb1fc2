import { ACTION_LIMIT, funnelLimits, funnelStanding, standing, WARNING_LIMIT } from './standing.ts'

const shares = Array.from({ length: 9 }, (_, step) => step / 8)
const sizes = [1, 2, 7, 11, 40, 333, 10_000]

test('an interval that holds the reference says nothing', () => {
  expect(standing({ low: 0.2, high: 0.4 }, 0.3, 'INCREASE')).toBe('alike')
})

test('above the reference is better only where more is better', () => {
  expect(standing({ low: 0.5, high: 0.6 }, 0.3, 'INCREASE')).toBe('better')
  expect(standing({ low: 0.5, high: 0.6 }, 0.3, 'DECREASE')).toBe('worse')
})

test('turning the direction of better turns every answer', () => {
  const turned = { better: 'worse', worse: 'better', alike: 'alike' } as const
  for (const low of shares)
    for (const high of shares.filter((share) => share >= low))
      for (const reference of shares)
        expect(standing({ low, high }, reference, 'DECREASE')).toBe(turned[standing({ low, high }, reference, 'INCREASE')])
})

test('funnel limits narrow with more people, stay within 0 and 1 and hold the region itself', () => {
  for (const rate of shares)
    for (const people of sizes) {
      const few = funnelLimits(rate, people, ACTION_LIMIT)
      const many = funnelLimits(rate, people * 2, ACTION_LIMIT)
      expect(few.low).toBeGreaterThanOrEqual(0)
      expect(few.high).toBeLessThanOrEqual(1)
      expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low)
      expect(funnelStanding(rate, funnelLimits(rate, people, WARNING_LIMIT), 'INCREASE')).toBe('alike')
    }
})

test('48 % of 200 against 33 % stands out, 38 % does not', () => {
  const limits = funnelLimits(0.33, 200, ACTION_LIMIT)
  expect(funnelStanding(0.48, limits, 'DECREASE')).toBe('worse')
  expect(funnelStanding(0.38, limits, 'DECREASE')).toBe('alike')
})
