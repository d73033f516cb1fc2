import fc from 'fast-check'
import { gateOf, observedIn } from './gate.ts'
import type { GroupDefinition } from './measure-definition.ts'
import type { MembershipCode, Scoring } from './population-code.ts'
import { groupScorer, type ChartValues } from './score-chart.ts'

type Sets = Partial<Record<MembershipCode, ReadonlySet<string>>>

const codes: Readonly<Record<Scoring, readonly MembershipCode[]>> = {
  proportion: ['initial-population', 'denominator', 'denominator-exclusion', 'numerator', 'numerator-exclusion', 'denominator-exception'],
  ratio: ['initial-population', 'denominator', 'denominator-exclusion', 'numerator', 'numerator-exclusion'],
  'continuous-variable': ['initial-population', 'measure-population', 'measure-population-exclusion'],
  cohort: ['initial-population'],
}

function group(scoring: Scoring, order: readonly MembershipCode[], basis: string): GroupDefinition {
  return {
    ...{ id: 'g', scoring, basis, improvementNotation: null, observations: [], stratifiers: [] },
    populations: order.map((code) => ({ id: code, code, expression: code, within: null })),
  }
}

const none: ReadonlySet<string> = new Set()
const both = (a: ReadonlySet<string>, b: ReadonlySet<string> = none): Set<string> => new Set([...a].filter((item) => b.has(item)))
const without = (a: ReadonlySet<string>, b: ReadonlySet<string> = none): Set<string> => new Set([...a].filter((item) => !b.has(item)))

/** The Quality Measure IG's membership expressions, as set algebra. */
const oracle: Readonly<Record<Scoring, (raw: Sets) => Sets>> = {
  proportion: (raw) => {
    const initial = raw['initial-population'] ?? none
    const denominator = both(initial, raw.denominator)
    const excluded = both(denominator, raw['denominator-exclusion'])
    const numerator = both(without(denominator, excluded), raw.numerator)
    const excepted = both(without(without(denominator, excluded), numerator), raw['denominator-exception'])
    return {
      ...{ 'initial-population': initial, denominator, numerator, 'denominator-exclusion': excluded, 'denominator-exception': excepted },
      'numerator-exclusion': both(numerator, raw['numerator-exclusion']),
    }
  },
  ratio: (raw) => {
    const initial = raw['initial-population'] ?? none
    const denominator = both(initial, raw.denominator)
    const numerator = both(initial, raw.numerator)
    return {
      ...{ 'initial-population': initial, denominator, numerator },
      'denominator-exclusion': both(denominator, raw['denominator-exclusion']),
      'numerator-exclusion': both(numerator, raw['numerator-exclusion']),
    }
  },
  'continuous-variable': (raw) => {
    const initial = raw['initial-population'] ?? none
    const measured = both(initial, raw['measure-population'])
    return {
      ...{ 'initial-population': initial, 'measure-population': measured },
      'measure-population-exclusion': both(measured, raw['measure-population-exclusion']),
    }
  },
  cohort: (raw) => ({ 'initial-population': raw['initial-population'] ?? none }),
}

const values = (found: Readonly<Record<string, unknown>>): ChartValues => ({
  valueOf: (name) => found[name] ?? null,
  peek: (name) => found[name],
  keyOf: String,
  plainOf: (value) => value as never,
  referenceOf: (item) => (typeof item === 'string' ? item : null),
})

const items = ['a', 'b', 'c', 'd', 'e']
const scenario = fc.constantFrom<Scoring>('proportion', 'ratio', 'continuous-variable', 'cohort').chain((scoring) =>
  fc.record({
    scoring: fc.constant(scoring),
    order: fc.shuffledSubarray([...codes[scoring]], { minLength: codes[scoring].length }),
    lists: fc.array(fc.uniqueArray(fc.constantFrom(...items)), { minLength: codes[scoring].length, maxLength: codes[scoring].length }),
  }),
)

describe('population rules', () => {
  it('count items as the set algebra of the guide does, in whatever order the measure lists its populations', () => {
    fc.assert(
      fc.property(scenario, ({ scoring, order, lists }) => {
        const raw = Object.fromEntries(order.map((code, index) => [code, new Set(lists[index])])) as Sets
        const expected = oracle[scoring](raw)
        const found = groupScorer(group(scoring, order, 'Encounter')).score(
          values(Object.fromEntries(order.map((code, index) => [code, lists[index]]))),
        )
        expect(found.counts).toEqual(order.map((code) => expected[code]!.size))
      }),
      { numRuns: 2000 },
    )
  })

  it('count people by the same rules', () => {
    fc.assert(
      fc.property(scenario, ({ scoring, order, lists }) => {
        const raw = Object.fromEntries(order.map((code, index) => [code, new Set(lists[index]!.includes('a') ? ['a'] : [])])) as Sets
        const expected = oracle[scoring](raw)
        const found = groupScorer(group(scoring, order, 'boolean')).score(
          values(Object.fromEntries(order.map((code, index) => [code, lists[index]!.includes('a')]))),
        )
        expect(found.counts).toEqual(order.map((code) => expected[code]!.size))
      }),
      { numRuns: 2000 },
    )
  })

  it('take a missing denominator for the initial population', () => {
    const gate = gateOf(group('proportion', ['initial-population', 'numerator'], 'boolean'))
    expect([0b11, 0b01, 0b10].map(gate)).toEqual([0b11, 0b01, 0])
  })

  it('keep the two initial populations of a ratio apart', () => {
    const definition: GroupDefinition = {
      ...group('ratio', [], 'Encounter'),
      populations: [
        { id: 'ip-d', code: 'initial-population', expression: 'A', within: null },
        { id: 'ip-n', code: 'initial-population', expression: 'B', within: null },
        { id: 'd', code: 'denominator', expression: 'C', within: 'ip-d' },
        { id: 'n', code: 'numerator', expression: 'D', within: 'ip-n' },
      ],
    }
    const gate = gateOf(definition)
    expect(gate(0b1111)).toBe(0b1111)
    expect(gate(0b1101)).toBe(0b0101)
    expect(gate(0b1110)).toBe(0b1010)
    expect(gate(0b1100)).toBe(0)
  })

  it('observe who is in a population and not excluded from it', () => {
    const definition = group('continuous-variable', codes['continuous-variable'], 'Encounter')
    expect([0b011, 0b111, 0b001].map(observedIn(definition, 1))).toEqual([true, false, false])
  })
})
