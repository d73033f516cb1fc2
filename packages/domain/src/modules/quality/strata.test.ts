import { bandsOf, boundsFault } from './strata.ts'
import { smallZip3Areas } from './zip3-areas.ts'

test('bands begin at the bounds, the lowest at birth', () => {
  expect(bandsOf([18, 40, 65])).toEqual(['0-17', '18-39', '40-64', '65+'])
  expect(bandsOf([1])).toEqual(['0-0', '1+'])
})

test('bounds that make no bands are told where', () => {
  expect(boundsFault([18, 40, 65, 75])).toBeNull()
  expect(boundsFault([])).toMatch('1 to 9 first ages, not 0')
  expect(boundsFault([18, 17.5])).toMatch('not at 17.5')
  expect(boundsFault([18, 65, 40])).toMatch('40 follows 65')
})

test('an area that one census found too small stays so', () => {
  for (const area of ['036', '063', '205', '893']) expect(smallZip3Areas.has(area)).toBe(true)
  for (const area of ['010', '021', '000']) expect(smallZip3Areas.has(area)).toBe(false)
})
