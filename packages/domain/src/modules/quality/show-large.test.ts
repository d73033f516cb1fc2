import { showLarge } from './show-large.ts'

const score = (practiceId: string, people: number, measure = 'control') =>
  ({
    practiceId,
    measure: { id: measure },
    initialPopulation: people,
    denominator: people,
    denominatorExclusion: 0,
    denominatorException: 0,
  }) as never as {
    practiceId: string
    measure: never
    initialPopulation: number
    denominator: number
    denominatorExclusion: number
    denominatorException: number
  }
const names = (some: readonly { practiceId: string }[]) => some.map(({ practiceId }) => practiceId)

test('ten people are not told, eleven are', () => {
  const { shown, hidden } = showLarge([score('a', 10), score('b', 11), score('c', 7), score('d', 0)])
  expect([names(shown), names(hidden)]).toEqual([
    ['b', 'd'],
    ['a', 'c'],
  ])
})

test('whoever is hidden alone hides the next smallest: the region less all others would tell', () => {
  const { shown, hidden } = showLarge([score('a', 200), score('b', 5), score('c', 40), score('d', 30)])
  expect([names(shown), names(hidden)]).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ])
})

test('of each measure by itself', () => {
  const { hidden } = showLarge([score('a', 10), score('b', 2), score('a', 50, 'poor'), score('b', 60, 'poor')])
  expect(hidden).toHaveLength(2)
})
