import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ACTION_LIMIT, funnelLimits, funnelStanding, standing, WARNING_LIMIT } from './standing.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('standing', () => {
  test('an interval that holds the reference says nothing', () => {
    expect(standing({ low: 0.2, high: 0.4 }, 0.3, 'INCREASE')).toBe('alike')
  })

  test('above the reference is better only where more is better', () => {
    expect(standing({ low: 0.5, high: 0.6 }, 0.3, 'INCREASE')).toBe('better')
    expect(standing({ low: 0.5, high: 0.6 }, 0.3, 'DECREASE')).toBe('worse')
  })

  test('turning the direction of better turns the answer', () => {
    const turned = { better: 'worse', worse: 'better', alike: 'alike' } as const
    fc.assert(
      fc.property(share, share, share, (a, b, reference) => {
        const interval = { low: Math.min(a, b), high: Math.max(a, b) }
        expect(standing(interval, reference, 'DECREASE')).toBe(turned[standing(interval, reference, 'INCREASE')])
      }),
    )
  })
})

describe('funnel', () => {
  test('limits narrow with more people and stay within 0 and 1', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 10_000 }), (rate, people) => {
        const few = funnelLimits(rate, people, ACTION_LIMIT)
        const many = funnelLimits(rate, people * 2, ACTION_LIMIT)
        expect(few.low).toBeGreaterThanOrEqual(0)
        expect(few.high).toBeLessThanOrEqual(1)
        expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low)
      }),
    )
  })

  test('a practice at the region rate never stands out', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 10_000 }), (rate, people) => {
        expect(funnelStanding(rate, funnelLimits(rate, people, WARNING_LIMIT), 'INCREASE')).toBe('alike')
      }),
    )
  })

  test('48 % of 200 against 33 % stands out, 38 % does not', () => {
    const limits = funnelLimits(0.33, 200, ACTION_LIMIT)
    expect(funnelStanding(0.48, limits, 'DECREASE')).toBe('worse')
    expect(funnelStanding(0.38, limits, 'DECREASE')).toBe('alike')
  })
})
