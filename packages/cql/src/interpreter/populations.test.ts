import fc from 'fast-check'
import { populationCodes, type PopulationCode } from '../index.ts'
import { gate } from './populations.ts'

const episodes = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')).map((members) => new Set(members))
const raw = fc.record(Object.fromEntries(populationCodes.map((code) => [code, episodes])) as Record<PopulationCode, typeof episodes>)

describe('gate', () => {
  it('gives every member of the denominator one place', () => {
    fc.assert(
      fc.property(raw, (populations) => {
        const counts = gate(populations)
        const placed = counts['denominator-exclusion'] + counts['denominator-exception'] + counts.numerator + counts['numerator-exclusion']
        expect(placed).toBeLessThanOrEqual(counts.denominator)
        expect(counts.denominator).toBeLessThanOrEqual(counts['initial-population'])
      }),
    )
  })

  it('follows each member as the definition of a proportion does', () => {
    fc.assert(
      fc.property(raw, (populations) => {
        const expected = { ...gate({}) }
        for (const member of populations['initial-population']) {
          const is = (code: PopulationCode): boolean => populations[code].has(member)
          expected['initial-population'] += 1
          if (!is('denominator')) continue
          expected.denominator += 1
          if (is('denominator-exclusion')) expected['denominator-exclusion'] += 1
          else if (is('numerator')) expected[is('numerator-exclusion') ? 'numerator-exclusion' : 'numerator'] += 1
          else if (is('denominator-exception')) expected['denominator-exception'] += 1
        }
        expect(gate(populations)).toEqual(expected)
      }),
    )
  })
})
