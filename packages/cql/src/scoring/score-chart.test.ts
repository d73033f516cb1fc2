import fc from 'fast-check'
import { aggregate, aggregateMethod } from './aggregate.ts'
import type { GroupDefinition, StratifierDefinition } from './measure-definition.ts'
import type { Plain } from './plain.ts'
import { groupScorer, type ChartValues } from './score-chart.ts'
import { scoreGroup } from './score-group.ts'

const values = (found: Readonly<Record<string, unknown>>): ChartValues => ({
  valueOf: (name) => found[name] ?? null,
  peek: (name) => found[name],
  keyOf: String,
  plainOf: (value) => value as Plain,
  referenceOf: (item) => (typeof item === 'string' ? item : null),
})

const stays: GroupDefinition = {
  ...{ id: 'g', scoring: 'continuous-variable', basis: 'Encounter', improvementNotation: null },
  populations: [
    { id: 'ip', code: 'initial-population', expression: 'IP', within: null },
    { id: 'mp', code: 'measure-population', expression: 'MP', within: null },
    { id: 'mpx', code: 'measure-population-exclusion', expression: 'MPX', within: null },
  ],
  observations: [{ id: 'o', observer: 'Minutes', expression: 'MP > Minutes', aggregate: 'median', observes: 1 }],
  stratifiers: [
    { id: 'night', expressions: ['Night'], ofItems: [null], appliesTo: [] },
    { id: 'sex', expressions: ['Sex'], ofItems: [null], appliesTo: [] },
    { id: 'both', expressions: ['Sex', 'Age'], ofItems: [null, null], appliesTo: [] },
  ],
}

describe('scoring of a chart', () => {
  it('observes the items of the observed population, each once', () => {
    const chart = {
      IP: ['a', 'b', 'c'],
      MP: ['a', 'b', 'a', 'c', 'x'],
      MPX: ['b'],
      'MP > Minutes': [10, 20, 99, { value: 30, unit: 'min' }, 40],
    }
    expect(groupScorer(stays).score(values(chart))).toMatchObject({ counts: [3, 3, 1], observations: [[10, 30]] })
  })

  it('stratifies by what holds of each item, and by value', () => {
    const chart = {
      IP: ['a', 'b'],
      MP: ['a', 'b'],
      MPX: [],
      'MP > Minutes': [1, null],
      Night: ['b', 'z'],
      Sex: { code: 'F', system: 's' },
      Age: 3,
    }
    expect(groupScorer(stays).score(values(chart)).strata).toEqual([
      { stratifier: 'night', value: null, counts: [1, 1, 0] },
      { stratifier: 'sex', value: 'F', counts: [2, 2, 0] },
      { stratifier: 'both', value: 'F, 3', counts: [2, 2, 0] },
    ])
  })

  it('takes a stratum only as far as the populations that it applies to', () => {
    const limited: StratifierDefinition = { id: 's', expressions: ['Yes'], ofItems: [null], appliesTo: ['measure-population'] }
    const scorer = groupScorer({ ...stays, stratifiers: [limited] })
    const counts = (Yes: boolean): unknown => scorer.score(values({ IP: ['a', 'b'], MP: ['a'], MPX: [], Yes })).strata[0]?.counts
    expect([counts(true), counts(false)]).toEqual([
      [1, 1, 0],
      [0, 0, 0],
    ])
  })

  it('asks nothing more of somebody outside the initial population or the denominator', () => {
    const asked: string[] = []
    const definition: GroupDefinition = {
      ...{ id: 'g', scoring: 'proportion', basis: 'boolean', improvementNotation: null, observations: [], stratifiers: [] },
      populations: [
        { id: 'i', code: 'initial-population', expression: 'IP', within: null },
        { id: 'd', code: 'denominator', expression: 'D', within: null },
        { id: 'n', code: 'numerator', expression: 'N', within: null },
      ],
    }
    const valueOf = (name: string): boolean => {
      asked.push(name)
      return name === 'IP'
    }
    expect(groupScorer(definition).score({ ...values({}), valueOf }).counts).toEqual([1, 0, 0])
    expect(asked).toEqual(['IP', 'D'])
  })
})

describe('scores', () => {
  it('are rates, ratios, aggregates and sizes', () => {
    const proportion: GroupDefinition = {
      ...{ id: 'g', scoring: 'proportion', basis: 'boolean', improvementNotation: null, observations: [], stratifiers: [] },
      populations: (
        ['initial-population', 'denominator', 'denominator-exclusion', 'numerator', 'numerator-exclusion', 'denominator-exception'] as const
      ).map((code) => ({ id: code, code, expression: code, within: null })),
    }
    expect(scoreGroup(proportion, [{ counts: [10, 10, 2, 4, 1, 2], observations: [] }]).score).toBe(3 / 6)
    expect(scoreGroup({ ...proportion, scoring: 'ratio' }, [{ counts: [10, 8, 2, 4, 1, 0], observations: [] }]).score).toBe(3 / 6)
    const observed: GroupDefinition = {
      ...{ ...proportion, scoring: 'ratio' },
      observations: [
        { id: 'd', observer: 'D', expression: 'd', aggregate: 'sum', observes: 1 },
        { id: 'n', observer: 'N', expression: 'n', aggregate: 'sum', observes: 3 },
      ],
    }
    const charts = [
      { counts: [1, 1, 0, 1, 0, 0], observations: [[5], [2]] },
      { counts: [1, 1, 0, 0, 0, 0], observations: [[3], []] },
    ]
    expect(scoreGroup(observed, charts)).toEqual({ counts: [2, 2, 0, 1, 0, 0], observations: [8, 2], score: 0.25 })
    expect(scoreGroup(stays, [{ counts: [2, 2, 0], observations: [[1, 9, 5]] }]).score).toBe(5)
    expect(scoreGroup(stays, []).score).toBeNull()
    expect(scoreGroup({ ...proportion, scoring: 'cohort' }, [{ counts: [3, 0, 0, 0, 0, 0], observations: [] }]).score).toBe(3)
  })

  it('aggregate by the guide’s methods, however they are spelt', () => {
    expect(['Average', 'sum', ' MEDIAN ', 'maximum', 'min', 'count', 'spread'].map(aggregateMethod)).toEqual([
      ...['average', 'sum', 'median', 'maximum', 'minimum', 'count'],
      null,
    ])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), (numbers) => {
        const of = (method: Parameters<typeof aggregate>[0]): number => aggregate(method, numbers)!
        expect([of('minimum'), of('maximum'), of('count')]).toEqual([Math.min(...numbers), Math.max(...numbers), numbers.length])
        expect(of('average') * of('count')).toBeCloseTo(of('sum'), 6)
        expect(numbers.filter((number) => number <= of('median')).length).toBeGreaterThanOrEqual(numbers.length / 2)
      }),
    )
    expect((['sum', 'count', 'average', 'median'] as const).map((method) => aggregate(method, []))).toEqual([0, 0, null, null])
  })
})
