import fc from 'fast-check'
import { SeenIds } from './seen-ids.ts'

const content = (text: string): Buffer => Buffer.from(text.padEnd(4, '.'))

test('an id met before tells its place and whether the content is the same', () => {
  const seen = new SeenIds()
  expect(seen.add('Observation', 'a', { file: 2, line: 7 }, content('one'))).toBeNull()
  expect(seen.add('Observation', 'a', { file: 2, line: 9 }, content('one'))).toEqual({ file: 2, line: 7, same: true })
  expect(seen.add('Observation', 'a', { file: 3, line: 1 }, content('two'))).toEqual({ file: 2, line: 7, same: false })
})

test('agrees with a Map, however many ids', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(6000), { maxLength: 9000, size: 'max' }), (ids) => {
      const seen = new SeenIds()
      const oracle = new Map<number, number>()
      return ids.every((id, index) => {
        const before = seen.add('Observation', String(id), { file: 0, line: index + 1 }, content('same'))
        const expected = oracle.get(id)
        if (expected === undefined) oracle.set(id, index + 1)
        return before?.line === expected
      })
    }),
    { numRuns: 20 },
  )
})
