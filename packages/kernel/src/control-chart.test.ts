import { type ChartPoint, pLimits, signalsOf, xmrLimits } from './control-chart.ts'

test('limits of an XmR chart agree with a published one: a wild point does not widen them', () => {
  // NHSRplotthedots 0.2.2, vignette "Deviations from Excel defaults": upper limit 4.6, mean 1.94, lower limit -0.72.
  const { middle, low, high } = xmrLimits([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
  expect([high.toFixed(1), middle.toFixed(2), low.toFixed(2)]).toEqual(['4.6', '1.94', '-0.72'])
})

test('limits of a p chart are three standard errors, and stay within 0 and 1', () => {
  expect(pLimits(0.2, 100)).toEqual({ middle: 0.2, low: expect.closeTo(0.08, 10), high: expect.closeTo(0.32, 10) })
  expect(pLimits(0.01, 20).low).toBe(0)
})

const LIMITS = { middle: 0, low: -3, high: 3 }
const marked = (values: readonly number[], rule: string): number[] =>
  signalsOf(values.map((value): ChartPoint => ({ value, ...LIMITS }))).flatMap((rules, index) =>
    rules.includes(rule as 'shift') ? [index] : [],
  )

// The cases are those of NHSRplotthedots' own tests (test-ptd_calculate_point_type.R).
test('a shift is seven on one side of the middle, and not six', () => {
  expect(marked([1, 1, 1, 1, 1, 1], 'shift')).toEqual([])
  expect(marked([1, 1, 1, 1, 1, 1, -1], 'shift')).toEqual([])
  expect(marked([-1, 1, 1, 1, 1, 1, 1, 1, 1, -1], 'shift')).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(marked([-1, -1, -1, -1, -1, -1, -1, -1, 1], 'shift')).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('a trend is seven that rise or fall, each beyond the one before', () => {
  expect(marked([1, 2, 3, 4, 5, 6], 'trend')).toEqual([])
  expect(marked([1, 2, 3, 3, 4, 5, 6], 'trend')).toEqual([])
  expect(marked([2, 1, 2, 3, 4, 5, 6, 7, 3], 'trend')).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(marked([2, 7, 6, 5, 4, 3, 2, 1, 3], 'trend')).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('two of three are close to one limit, with the third on their side', () => {
  expect(marked([2.5, 1, 2.5], 'two-of-three')).toEqual([0, 2])
  expect(marked([1, 2.5, 2.5], 'two-of-three')).toEqual([1, 2])
  expect(marked([2.5, 1, 1, 2.5], 'two-of-three')).toEqual([])
  expect(marked([2.5, -1, 2.5], 'two-of-three')).toEqual([])
  expect(marked([2.5, 1, 1, 2.5, 2.5], 'two-of-three')).toEqual([3, 4])
})

test('a point outside the limits stands out by itself', () => {
  expect(marked([0.1, -3.1, 3, 3.1], 'outside')).toEqual([1, 3])
})
