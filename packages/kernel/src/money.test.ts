import { splitCents } from './money.ts'

const centsOf = (cents: number, ...weights: number[]): number[] | undefined =>
  splitCents(
    cents,
    weights.map((weight, at) => ({ id: `p${at}`, weight })),
  )?.map((share) => share.cents)

test('each share is rounded down, and cents that are left go to the largest remainders', () => {
  expect(centsOf(100, 1, 1, 1)).toEqual([34, 33, 33])
  expect(centsOf(100, 1, 2, 4)).toEqual([14, 29, 57])
  expect(centsOf(5, 3, 3, 3, 0)).toEqual([2, 2, 1, 0])
})

test('of equal remainders the id that sorts first carries the cent, in whatever order they come', () => {
  const weights = ['c', 'a', 'b'].map((id) => ({ id, weight: 1 }))
  expect(splitCents(10, weights)).toEqual([
    { id: 'c', weight: 1, cents: 3, carries: false },
    { id: 'a', weight: 1, cents: 4, carries: true },
    { id: 'b', weight: 1, cents: 3, carries: false },
  ])
})

test('money given back is split as money asked for', () => {
  expect(centsOf(-100, 1, 1, 1)).toEqual([-34, -33, -33])
})

test('products beyond what a double tells apart are exact', () => {
  expect(centsOf(Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER - 1)).toEqual([1, Number.MAX_SAFE_INTEGER - 1])
})

test('nothing is split by nothing, and a fraction is no money', () => {
  expect(centsOf(100, 0, 0)).toBeUndefined()
  expect(centsOf(100)).toBeUndefined()
  expect(() => centsOf(0.5, 1)).toThrow('The money in cents is 0.5: give a whole number.')
  expect(() => centsOf(1, -1)).toThrow('The weight of p0 is -1: give a number from nothing on.')
})
