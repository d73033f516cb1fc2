import { peopleToTarget } from './scores.ts'

const of = (numerator: number, denominator: number) => ({ numerator, denominator, denominatorExclusion: 10, denominatorException: 5 })

test('people missing to a target are whole people, of those that the rate is about', () => {
  expect(peopleToTarget(of(60, 115), 0.7, 'INCREASE')).toBe(10)
  expect(peopleToTarget(of(70, 115), 0.7, 'INCREASE')).toBe(0)
  expect(peopleToTarget(of(2, 22), 0.5, 'INCREASE')).toBe(2)
})

test('where lower is better a target is not to be passed', () => {
  expect(peopleToTarget(of(15, 115), 0.1, 'DECREASE')).toBe(5)
  expect(peopleToTarget(of(10, 115), 0.1, 'DECREASE')).toBe(0)
  expect(peopleToTarget(of(1, 22), 0.1, 'DECREASE')).toBe(1)
})
