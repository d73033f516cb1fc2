import { inPlace } from './in-place.ts'

const rows = (...text: string[]) => text.map((one) => ({ key: one[0]!, value: one }))
const over = (shown: string[], fresh: string[]) => {
  const { rows: laid, moved } = inPlace(rows(...shown), rows(...fresh), ({ key }) => key)
  return { values: laid.map(({ value }) => value), moved }
}

test('values change where they stand', () => {
  expect(over(['a1', 'b1', 'c1'], ['a1', 'b2', 'c1'])).toEqual({ values: ['a1', 'b2', 'c1'], moved: 0 })
})

test('a row that belongs elsewhere stays, with its new value, and is counted once', () => {
  expect(over(['a1', 'b1', 'c1', 'd1'], ['d9', 'a1', 'b1', 'c1'])).toEqual({ values: ['a1', 'b1', 'c1', 'd9'], moved: 1 })
})

test('a row that left stays as it was until the reader lets it go', () => {
  expect(over(['a1', 'b1', 'c1'], ['a1', 'c1'])).toEqual({ values: ['a1', 'b1', 'c1'], moved: 1 })
})

test('who came is counted and not pushed in; who fell off the end for them is not counted too', () => {
  expect(over(['a1', 'b1'], ['x1', 'a1'])).toEqual({ values: ['a1', 'b1'], moved: 1 })
  expect(over(['a1', 'b1'], ['a1', 'b1', 'x1'])).toEqual({ values: ['a1', 'b1'], moved: 1 })
})
