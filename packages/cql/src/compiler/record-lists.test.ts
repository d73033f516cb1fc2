import { readDate } from '../fhir/fhir-primitives.ts'
import { sortByKeys } from './record-lists.ts'

const keyed = (...keys: unknown[]): { item: string; keys: unknown[] }[] =>
  keys.map((key, index) => ({ item: `${index}`, keys: Array.isArray(key) ? key : [key] }))
const [early, late] = [readDate('2026-01-01'), readDate('2026-02-01')]

describe('items that are tied', () => {
  it('keep their places by numbers and texts, whichever way', () => {
    expect(sortByKeys(keyed(2, 1, 2, 1, 2), [false])).toEqual(['1', '3', '0', '2', '4'])
    expect(sortByKeys(keyed(2, 1, 2, 1, 2), [true])).toEqual(['0', '2', '4', '1', '3'])
    expect(sortByKeys(keyed('a', 'a', 'a'), [true])).toEqual(['0', '1', '2'])
  })

  it('by dates are in one order, which ascending reads backwards', () => {
    const dates = keyed(late, early, late, early)
    expect(sortByKeys(dates, [true])).toEqual(['0', '2', '1', '3'])
    expect(sortByKeys(dates, [false])).toEqual(sortByKeys(dates, [true]).reverse())
  })

  it('are told apart by the next key, and keep their places when all are tied', () => {
    expect(sortByKeys(keyed([1, 'b'], [1, 'a'], [0, 'z'], [1, 'a']), [false, false])).toEqual(['2', '1', '3', '0'])
    expect(sortByKeys(keyed(null, 1, null), [false])).toEqual(['0', '2', '1'])
  })
})
