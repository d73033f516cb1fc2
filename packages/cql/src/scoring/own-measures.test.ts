import { checkDeck } from '../deck/check-deck.ts'
import type { DeckCase } from '../deck/deck-case.ts'
import { openCompiler } from '../compiler/compiler.ts'
import type { GroupMembership } from '../engine.ts'
import { openInterpreter } from '../interpreter/interpreter.ts'
import { ownMeasure, parts } from '../own-measures.fixture.ts'
import { openEnginePool, type EnginePool } from '../pool/engine-pool.ts'
import { year } from '../small-measure.fixture.ts'
import { scoreGroup } from './score-group.ts'

const { code, observation, population } = parts
const stay = (id: string, kind: 'EMER' | 'IMP' | 'AMB', start: string, end: string): string =>
  JSON.stringify({
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { code: kind },
    period: { start: `2026-${start}Z`, end: `2026-${end}Z` },
  })
const person = '{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1970-01-01"}'
const chart = {
  id: 'p',
  resources: [
    person,
    stay('short', 'EMER', '03-01T21:00:00', '03-01T23:00:00'),
    stay('long', 'IMP', '04-01T10:00:00', '04-04T10:00:00'),
    stay('night', 'IMP', '05-01T22:00:00', '05-02T08:00:00'),
  ],
}
const nobody = { id: 'n', resources: [person] }
const evaluated = async (...given: Parameters<typeof ownMeasure>): Promise<readonly GroupMembership[]> => {
  const measure = openCompiler().load(await ownMeasure(...given))
  return (await measure.evaluate([chart], year))[0]!.groups
}
const strata = (groups: readonly GroupMembership[]): unknown[] =>
  groups[0]!.strata.map(({ stratifier, value, counts }) => [stratifier, value, counts])
const stratifier = (id: string, expression: string): object => ({ id, criteria: { expression } })

/** Quality Measure IG (hl7.org/fhir/us/cqfmeasures, STU 4), "Measure Conformance": what each scoring makes of items and people. */
describe('measures of our own CQL', () => {
  const kinds = 'has to be Boolean, be a list of Encounter or name the stratum: a text, code, number or date.'
  it.each<[string, 'boolean' | 'Encounter', object, string | null]>([
    ['a function of yes and no', 'Encounter', { stratifier: [stratifier('s', 'Is Night')] }, null],
    ['a function of words', 'Encounter', { stratifier: [stratifier('s', 'Kind')] }, null],
    ['a list of what is counted', 'Encounter', { stratifier: [stratifier('s', 'Night')] }, null],
    ['a code', 'boolean', { stratifier: [stratifier('s', 'Sex')] }, null],
    [
      'a list of times',
      'Encounter',
      { stratifier: [stratifier('s', 'Times')] },
      `."Times": It is List<Period>, and as criteria of stratifier "s" it ${kinds}`,
    ],
    [
      'a function of times',
      'Encounter',
      { stratifier: [stratifier('s', 'Time')] },
      `."Time": It is Period, and as criteria of stratifier "s" it ${kinds.replace(', be a list of Encounter', '')}`,
    ],
    [
      'an observation of yes and no',
      'Encounter',
      { observe: 'Is Night' },
      '."Is Night": It is Boolean, and what "o" observes has to be a number or a Quantity.',
    ],
    ['an observation of hours', 'Encounter', { observe: 'Hours' }, null],
    ['observations of a person', 'boolean', { observe: 'All Hours' }, null],
    [
      'an observation of a sex',
      'boolean',
      { observe: 'Sex' },
      '."Sex": It is AdministrativeGender, and what "o" observes has to be a number or a Quantity.',
    ],
  ])(
    '%s of measures that count %s: taken or refused for its type',
    async (_, basis, { observe, ...more }: { observe?: string }, refusal) => {
      const counted = basis === 'boolean' ? 'Has Stays' : 'Stays'
      const populations = [population(`ip: initial-population: ${counted}`), population(`mp: measure-population: ${counted}`)]
      const observed = observation(`o: measure-observation: ${observe ?? (basis === 'boolean' ? 'All Hours' : 'Hours')}`, 'sum', 'mp')
      const pkg = await ownMeasure('continuous-variable', basis, [{ id: 'g', population: [...populations, observed], ...more }])
      const load = (): unknown => openCompiler().load(pkg)
      if (refusal === null) expect(load).not.toThrow()
      else expect(load).toThrow(`Stays${refusal}`)
    },
    60_000,
  )

  it('a stay that goes on is followed by none, and does not keep the others from being counted', async () => {
    const goesOn = JSON.stringify({
      ...{ resourceType: 'Encounter', id: 'on', status: 'in-progress', class: { code: 'IMP' } },
      period: { start: '2026-05-20T08:00:00Z' },
    })
    const stays = ['Followed', 'All'].map((name, index) => population(`p${index}: ${index ? 'initial-population' : 'numerator'}: ${name}`))
    const group = { id: 'g', population: [stays[1]!, population('d: denominator: All'), stays[0]!] }
    const people = {
      id: 'h',
      population: ['initial-population', 'denominator', 'numerator'].map((one) => population(`${one}: ${one}: Together`)),
    }
    for (const [basis, given, expected] of [
      ['Encounter', group, [4, 4, 2]],
      ['boolean', people, [1, 1, 1]],
    ] as const) {
      const measure = openCompiler().load(await ownMeasure('proportion', basis, [given]))
      const [result] = await measure.evaluate([{ id: 'p', resources: [...chart.resources, goesOn] }], year)
      expect([result!.problem, result!.groups[0]!.counts]).toEqual([null, expected])
    }
  }, 60_000)

  it('ratio: denominator and numerator are independent, each observed without its exclusions', async () => {
    // 3.4.4 "Ratio Measures": numerator and denominator each come from the initial population, not one from the other.
    const [group] = await evaluated('ratio', 'Encounter', [
      {
        id: 'g',
        population: [
          population('ip: initial-population: Stays'),
          population('d: denominator: Inpatient'),
          population('dx: denominator-exclusion: Long'),
          population('n: numerator: Night'),
          population('nx: numerator-exclusion: Emergency'),
          observation('do: measure-observation: Denominator Days', 'sum', 'd'),
          observation('no: measure-observation: Hours', 'sum', 'n'),
        ],
      },
    ])
    expect(group!.counts).toEqual([3, 2, 1, 2, 1])
    expect(group!.observations).toEqual([[1], [10]])
  }, 60_000)

  it('ratio of two initial populations: each side lies in its own', async () => {
    const within = (text: string, reference: string): object => ({
      ...population(text),
      extension: [{ url: 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-criteriaReference', valueString: reference }],
    })
    const group = {
      id: 'g',
      population: [
        population('ip1: initial-population: Inpatient'),
        population('ip2: initial-population: Emergency'),
        within('d: denominator: Stays', 'ip1'),
        within('n: numerator: Stays', 'ip2'),
      ],
    }
    expect((await evaluated('ratio', 'Encounter', [group]))[0]!.counts).toEqual([2, 1, 2, 1])
  })

  it('continuous variable: observes the measure population without its exclusions, and scores by its method', async () => {
    // 3.4.5 "Continuous Variable Measure": measure population within the initial one, exclusions within the measure population.
    const given = (method: string) =>
      [
        'continuous-variable',
        'Encounter',
        [
          {
            id: 'g',
            population: [
              population('ip: initial-population: Stays'),
              population('mp: measure-population: Inpatient'),
              population('mpx: measure-population-exclusion: Emergency'),
              observation('o: measure-observation: Hours', method, 'mp'),
            ],
            stratifier: [stratifier('at-night', 'Night'), stratifier('none', 'None')],
          },
        ],
      ] as const
    const [group] = await evaluated(...given('median'))
    // An exclusion takes only what is in the measure population.
    expect(group).toMatchObject({ counts: [3, 2, 0], observations: [[72, 10]] })
    // Strata of a measure of stays hold stays, not people.
    expect(strata([group!])).toEqual([
      ['at-night', null, [2, 1, 0]],
      ['none', null, [0, 0, 0]],
    ])
    for (const [method, score] of [
      ['median', 41],
      ['sum', 82],
      ['count', 2],
      ['average', 41],
      ['maximum', 72],
      ['minimum', 10],
    ] as const) {
      const measure = openCompiler().load(await ownMeasure(...given(method)))
      const results = await measure.evaluate([chart, nobody], year)
      expect(
        scoreGroup(
          measure.groups[0]!.definition,
          results.map(({ groups }) => groups[0]!),
        ).score,
      ).toBe(score)
    }
  }, 60_000)

  it('stratifiers that are functions put each item in its own stratum, by yes and no or by what they give', async () => {
    const component = (expression: string): object => ({ criteria: { language: 'text/cql', expression: `"${expression}"` } })
    const group = {
      id: 'g',
      population: [population('ip: initial-population: Stays'), population('mp: measure-population: Inpatient')],
      stratifier: [
        stratifier('night', 'Is Night'),
        stratifier('kind', 'Kind'),
        { id: 'both', component: [component('Sex'), component('Kind')] },
      ],
    }
    expect(strata(await evaluated('continuous-variable', 'Encounter', [group]))).toEqual([
      ['night', null, [2, 1]],
      ['kind', 'EMER', [1, 0]],
      ['kind', 'IMP', [2, 2]],
      ['both', 'female, EMER', [1, 0]],
      ['both', 'female, IMP', [2, 2]],
    ])
  })

  it('a stratifier that cannot be computed takes nobody out of the populations, and the case that expects its stratum fails with its words', async () => {
    const group = {
      id: 'g',
      population: [population('ip: initial-population: Has Stays')],
      stratifier: [stratifier('broken', 'Broken'), stratifier('sex', 'Sex')],
    }
    const pkg = await ownMeasure('cohort', 'boolean', [group])
    const [result] = await openCompiler().load(pkg).evaluate([chart], year)
    const problem = 'g, stratifier broken: Stays."Broken", Message: 1: nobody can tell'
    expect(result).toMatchObject({
      problem: null,
      groups: [
        {
          counts: [1],
          strata: [
            { stratifier: 'broken', counts: [0], problem },
            { value: 'female', counts: [1] },
          ],
        },
      ],
    })
    const one: DeckCase = {
      ...{ id: 'p', title: '', description: '', period: year, resources: chart.resources, disagreements: [] },
      ...{ expected: [{ 'initial-population': 1 }], expectedStrata: [[{ id: 'broken', populations: { 'initial-population': 1 } }]] },
    }
    const pool = openEnginePool({ threads: 1 })
    const { outcomes } = await checkDeck(pool, pkg, [one, { ...one, expectedStrata: [] }]).finally(() => pool.close())
    expect(outcomes.map(({ verdict, problem: why }) => [verdict, why])).toEqual([
      ['failed', problem],
      ['passed', null],
    ])
  }, 60_000)

  it('a record without id is evidence by a name that no id can be', async () => {
    const unnamed = chart.resources[1]!.replace('"id":"short",', '')
    const group = { id: 'g', population: [population('ip: initial-population: Stays')] }
    const { evaluate } = openCompiler().load(await ownMeasure('cohort', 'Encounter', [group]))
    const [result] = await evaluate([{ id: 'p', resources: [person, unnamed, chart.resources[2]!] }], year)
    expect(result!.groups[0]).toMatchObject({ counts: [2], evidence: ['Encounter/(without-id)', 'Encounter/long'] })
  }, 60_000)

  it('supplemental data stand in the result when they are wanted, in either engine', async () => {
    const cohort = await ownMeasure('cohort', 'boolean', [{ id: 'g', population: [population('ip: initial-population: Has Stays')] }])
    for (const engine of [openCompiler(), openInterpreter()]) {
      const measure = engine.load(cohort)
      expect((await measure.evaluate([nobody], year))[0]!.supplementalData).toBeNull()
      const [said] = await measure.evaluate([nobody], year, { supplementalData: true })
      expect(said!.supplementalData).toMatchObject({ 'sde-payer': [] })
      expect(JSON.stringify(said!.supplementalData!['sde-sex'])).toContain('female')
    }
  })

  it('stays without ids are told by what they say', async () => {
    const group = { id: 'g', population: [population('ip: initial-population: Stays')] }
    const measure = openCompiler().load(await ownMeasure('cohort', 'Encounter', [group]))
    const resources = chart.resources.map((text) => text.replace(/"id":"(?:short|long|night)",/, ''))
    expect((await measure.evaluate([{ id: 'c', resources }], year))[0]!.groups[0]!.counts).toEqual([3])
  })

  it('continuous variable of people: a function without operands observes, once for each value', async () => {
    const group = {
      id: 'g',
      population: [
        population('ip: initial-population: Has Stays'),
        population('mp: measure-population: Has Inpatient'),
        observation('o: measure-observation: All Hours', 'average', 'mp'),
        observation('c: measure-observation: Number of Stays', 'sum', 'mp'),
      ],
    }
    expect((await evaluated('continuous-variable', 'boolean', [group]))[0]).toMatchObject({
      counts: [1, 1],
      observations: [[2, 72, 10], [3]],
    })
  })

  it('cohort, several groups, and a group with a scoring and a basis of its own', async () => {
    // 3.4.6 "Cohort Definitions"; scoring and basis of a group go before the measure's.
    const groups = await evaluated('cohort', 'boolean', [
      { id: 'people', population: [population('ip: initial-population: Has Emergency')], stratifier: [stratifier('sex', 'Sex')] },
      {
        id: 'stays',
        basis: 'Encounter',
        scoring: code('proportion'),
        population: [
          population('ip: initial-population: Stays'),
          population('d: denominator: Inpatient'),
          population('dx: denominator-exclusion: Night'),
          population('n: numerator: Long'),
          population('de: denominator-exception: Inpatient'),
        ],
      },
    ])
    expect(groups.map(({ counts }) => counts)).toEqual([[1], [3, 2, 1, 1, 0]])
    expect(strata(groups)).toEqual([['sex', 'female', [1]]])
  })

  it('a proportion: an exception takes what missed the numerator, an exclusion goes before both', async () => {
    // 3.4.3 "Proportion Measures", and CMS, "Proportion calculation": exclusions before the numerator, exceptions after it.
    const proportion = async (exclusion: string, numerator: string, exception: string): Promise<readonly number[]> =>
      (
        await evaluated('proportion', 'boolean', [
          {
            id: 'g',
            population: [
              population('ip: initial-population: Has Stays'),
              population('d: denominator: Has Stays'),
              population(`dx: denominator-exclusion: ${exclusion}`),
              population(`n: numerator: ${numerator}`),
              population(`de: denominator-exception: ${exception}`),
            ],
          },
        ])
      )[0]!.counts
    expect(await proportion('Has Inpatient', 'Has Stays', 'Has Stays')).toEqual([1, 1, 1, 0, 0])
    expect(await proportion('Has None', 'Has Stays', 'Has Stays')).toEqual([1, 1, 0, 1, 0])
    expect(await proportion('Has None', 'Has None', 'Has Stays')).toEqual([1, 1, 0, 0, 1])
  })
})

describe('a deck of such a measure', () => {
  const one = (expected: DeckCase['expected'], more: Partial<DeckCase> = {}): DeckCase => ({
    ...{ id: 'c', title: '', description: '', period: { start: year.start, end: year.end }, resources: chart.resources },
    ...{ expected, expectedStrata: [], disagreements: [] },
    ...more,
  })
  const group = (id: string, method: string): object => ({
    id,
    population: [
      population('ip: initial-population: Stays'),
      population('mp: measure-population: Inpatient'),
      observation('o: measure-observation: Hours', method, 'mp'),
    ],
  })
  let pool: EnginePool
  beforeAll(() => {
    pool = openEnginePool({ threads: 1 })
  })
  afterAll(() => pool.close())
  const checked = async (method: string, ...cases: readonly DeckCase[]): Promise<[string, string | null, unknown][]> => {
    const pkg = await ownMeasure('continuous-variable', 'Encounter', [group('first', method), group('second', method)])
    const { outcomes } = await checkDeck(pool, pkg, cases, { supplementalData: true })
    return outcomes.map(({ verdict, problem, supplementalData }) => [verdict, problem, supplementalData])
  }
  const right = { 'initial-population': 3, 'measure-population': 2 }

  it('is passed only by cases that say what they expect in every group', async () => {
    const coverage = '{"resourceType":"Coverage","id":"c","type":{"coding":[{"system":"s","code":"1"}]},"period":{"start":"2026-01-01"}}'
    const results = await checked(
      'sum',
      one([right, right], { resources: [...chart.resources, coverage] }),
      one([right]),
      one([]),
      one([right, {}]),
      one([right, right, right]),
    )
    const unsaid = (groups: string): string => `The case does not say what it expects in ${groups}, so it cannot be checked.`
    expect(results.map(([verdict, problem]) => [verdict, problem])).toEqual([
      ['passed', null],
      ['failed', unsaid('second')],
      ['failed', unsaid('first, second')],
      ['failed', unsaid('second')],
      ['failed', null],
    ])
    // What measures say of a person beside populations goes with it.
    expect(results[0]![2]).toMatchObject({ 'sde-sex': 'female', 'sde-payer': [{ code: { coding: [{ code: '1' }] } }] })
    expect(results[1]![2]).toEqual({ 'sde-sex': 'female', 'sde-payer': [] })
  }, 60_000)

  it('takes of an observation what the method of the measure makes of it, and nothing else', async () => {
    const observing = (number: number): DeckCase =>
      one([
        { ...right, 'measure-observation': number },
        { ...right, o: number },
      ])
    for (const [method, wanted, other] of [
      ['sum', 82, 2],
      ['count', 2, 82],
      ['median', 41, 82],
    ] as const) {
      expect((await checked(method, observing(wanted), observing(other))).map(([verdict]) => verdict)).toEqual(['passed', 'failed'])
    }
    const none = one([{ 'initial-population': 0, 'measure-observation': 0 }, { 'initial-population': 0 }], { resources: [person] })
    expect((await checked('median', none))[0]![0]).toBe('passed')
  }, 60_000)
})
