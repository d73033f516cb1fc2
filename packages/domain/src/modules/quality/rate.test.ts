import { rateOf } from './rate.ts'

test('people excluded or excepted are not counted; nobody counted means no rate', () => {
  expect(rateOf({ denominator: 12, denominatorExclusion: 1, denominatorException: 1, numerator: 5 }).rate).toBe(0.5)
  expect(rateOf({ denominator: 3, denominatorExclusion: 2, denominatorException: 1, numerator: 0 })).toEqual({ rate: null, interval: null })
})
