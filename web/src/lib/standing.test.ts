import { ACTION, binomialLimits } from '@carecommons/kernel/proportion'
import { funnelStanding, standing } from './standing.ts'

const shares = Array.from({ length: 9 }, (_, step) => step / 8)

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

test('three of twenty against 3 % is still chance, five are not', () => {
  const limits = binomialLimits(0.03, 20, ACTION)
  expect(funnelStanding(3 / 20, limits, 'DECREASE')).toBe('alike')
  expect(funnelStanding(5 / 20, limits, 'DECREASE')).toBe('worse')
})

test('48 % of 200 against 33 % stands out, 38 % does not', () => {
  const limits = binomialLimits(0.33, 200, ACTION)
  expect(funnelStanding(0.48, limits, 'DECREASE')).toBe('worse')
  expect(funnelStanding(0.38, limits, 'DECREASE')).toBe('alike')
})
