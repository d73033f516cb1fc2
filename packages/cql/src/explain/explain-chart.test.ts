import { starterPackages } from '../starter-packages.fixture.ts'
import { openEnginePool } from '../pool/engine-pool.ts'
import { explainChart, type Explanation } from './explain-chart.ts'
import { wordsOf } from './expression-words.ts'
import { valueWords } from './value-words.ts'

const lines = ({ question, answer, parts }: Explanation, depth = 0): string[] => [
  `${'  '.repeat(depth)}${question}: ${answer}`,
  ...parts.flatMap((part) => lines(part, depth + 1)),
]

const chart = {
  id: 'ann',
  resources: [
    { resourceType: 'Patient', id: 'ann', birthDate: '1980-03-01', gender: 'female' },
    {
      ...{ resourceType: 'Condition', id: 'dm', onsetDateTime: '2020-01-01' },
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' }] },
      clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
      verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }] },
    },
    {
      ...{ resourceType: 'Encounter', id: 'visit', status: 'finished', period: { start: '2026-02-03' } },
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    },
    {
      ...{ resourceType: 'Observation', id: 'a1c', status: 'final', effectiveDateTime: '2026-05-06' },
      code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
      valueQuantity: { value: 9.6, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    },
  ].map((resource) => JSON.stringify(resource)),
}

describe('explanation', () => {
  it('says in words why somebody is in the numerator, with the record that decided', async () => {
    const pool = openEnginePool({ threads: 1 })
    const pkg = (await starterPackages()).get('glycemic-control-poor')!
    const { groups, problem } = await explainChart(pool, pkg, chart, { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 })
    await pool.close()
    expect(problem).toBeNull()
    const { populations } = groups[0]!
    expect(populations.map(({ code, count }) => `${code} ${count}`)).toContain('numerator 1')
    for (const { count, explanation } of populations) expect(explanation!.holds ?? false).toBe(count === 1)
    const numerator = lines(populations.find(({ code }) => code === 'numerator')!.explanation!)
    expect(numerator[0]).toBe('"Numerator": yes')
    expect(numerator.join('\n')).toContain('Observation/a1c (4548-4, 2026-05-06, 9.6 %, final)')
  }, 60_000)

  it('says of cases which one applied and what it asked, of the value alone and not of what it is held against', async () => {
    const pool = openEnginePool({ threads: 1 })
    const pkg = (await starterPackages()).get('depression-screening-follow-up')!
    const screened = {
      ...{ resourceType: 'Observation', id: 'phq', status: 'final', effectiveDateTime: '2026-02-03', valueInteger: 16 },
      code: { coding: [{ system: 'http://loinc.org', code: '44261-6' }] },
    }
    const resources = [...chart.resources.filter((text) => !text.includes('4548-4')), JSON.stringify(screened)]
    const { groups } = await explainChart(pool, pkg, { id: 'ann', resources }, { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 })
    await pool.close()
    const numerator = lines(groups[0]!.populations.find(({ code }) => code === 'numerator')!.explanation!).map((line) => line.trim())
    expect(numerator.slice(0, 3)).toEqual(['"Numerator": no', 'the first case that applies: no', 'when there is "Deciding PHQ-9": yes'])
    expect(numerator).toContain('greatest of (score of each of "Deciding PHQ-9"): 16')
    expect(numerator).not.toContain('10: 10')
    expect(numerator.join('\n')).not.toContain('when there is "Deciding PHQ-2"')
  }, 60_000)

  it('puts logic into words', () => {
    const property = (path: string): object => ({ type: 'Property', scope: 'Visit', path })
    const period = { type: 'ParameterRef', name: 'Measurement Period' }
    expect(wordsOf({ type: 'In', precision: 'Day', operand: [{ type: 'Start', operand: property('period') }, period] })).toBe(
      'start of Visit.period is during (by day) Measurement Period',
    )
    const literal = (value: string): object => ({ type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}Integer', value })
    const ages = { type: 'Interval', low: literal('18'), high: literal('75') }
    expect(wordsOf({ type: 'In', operand: [{ type: 'CalculateAgeAt', precision: 'Year', operand: [property('x'), period] }, ages] })).toBe(
      'age in years at Measurement Period is between 18 and 75',
    )
    expect(wordsOf({ type: 'Not', operand: { type: 'IsNull', operand: property('end') } })).toBe('Visit.end is known')
    const status = { type: 'Property', path: 'value', source: property('status') }
    const finished = {
      type: 'Equal',
      operand: [status, { type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}String', value: 'finished' }],
    }
    expect(wordsOf({ type: 'Implies', operand: [{ type: 'IsNull', operand: property('end') }, finished] })).toBe(
      "if Visit.end is unknown, then Visit.status is 'finished'",
    )
    const retrieve = (dataType: string, profile: string): object => ({
      type: 'Retrieve',
      dataType: `{http://hl7.org/fhir}${dataType}`,
      templateId: `http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-${profile}`,
    })
    expect(wordsOf(retrieve('ServiceRequest', 'servicerequest'))).toBe('service request records')
    expect(wordsOf(retrieve('Procedure', 'procedurenotdone'))).toBe('procedure not done records')
    expect(wordsOf(retrieve('Condition', 'condition-problems-health-concerns'))).toBe('problem or health concern records')
    expect(wordsOf({ type: 'InValueSet', code: property('type'), valueset: { name: 'Office Visit', preserve: true } })).toBe(
      'Visit.type is in "Office Visit"',
    )
    const isA = (name: string): object => ({
      type: 'Is',
      operand: property('performed'),
      isTypeSpecifier: { type: 'NamedTypeSpecifier', name },
    })
    const then = { type: 'As', operand: property('performed') }
    const either = { type: 'Case', caseItem: ['DateTime', 'Quantity'].map((name) => ({ when: isA(name), then })), else: { type: 'Null' } }
    expect(wordsOf({ type: 'Not', operand: { type: 'Overlaps', operand: [either, period] } })).toBe(
      'Visit.performed does not overlap Measurement Period',
    )
    expect(wordsOf({ type: 'If', condition: finished, then, else: { type: 'Null' } })).toBe(
      "Visit.performed if Visit.status is 'finished', else unknown",
    )
    const end = (path: string): object => ({ type: 'ToDateTime', operand: { type: 'Property', path, source: property('period') } })
    expect(wordsOf({ type: 'Interval', low: end('low'), high: end('high') })).toBe('Visit.period')
    const url = { type: 'Literal', value: 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-notDoneReason' }
    const where = { type: 'Equal', operand: [{ type: 'Property', scope: '$this', path: 'url' }, url] }
    const reason = { type: 'Query', source: [{ alias: '$this', expression: property('extension') }], relationship: [], where }
    expect(wordsOf({ type: 'Property', path: 'value', source: { type: 'SingletonFrom', operand: reason } })).toBe(
      'not done reason of Visit',
    )
    const call = (name: string, ...operand: object[]): object => ({ type: 'FunctionRef', name, operand })
    const visit = { type: 'AliasRef', name: 'Visit' }
    expect(wordsOf(call('isVerified', visit))).toBe('Visit is verified')
    expect(wordsOf(call('isVerified', retrieve('Condition', 'condition-encounter-diagnosis')))).toBe(
      'encounter diagnosis records left by "is verified"',
    )
    expect(wordsOf(call('references', property('focus'), visit))).toBe('Visit.focus references Visit')
    expect(wordsOf({ type: 'Frobnicate', operand: [literal('1')] })).toBe('frobnicate 1')
    expect(wordsOf(undefined)).toBe('')
  })

  it('puts values into words', () => {
    expect(valueWords(null)).toBe('unknown')
    expect(valueWords([])).toBe('none')
    expect(
      valueWords({ low: '2026-01-01T00:00:00.000+00:00', high: '2026-12-31T23:59:59.999+00:00', lowClosed: true, highClosed: true }),
    ).toBe('2026-01-01 to 2026-12-31 23:59+00:00')
    expect(valueWords({ value: 9.1, unit: '%' })).toBe('9.1 %')
    const nameOf = (reference: string) => (reference === 'Encounter/1' ? 'Check-up of 3 May' : undefined)
    const visit = { resourceType: 'Encounter', id: '1', status: 'finished' }
    expect(valueWords([visit, { ...visit, id: '2' }, { reference: 'Encounter/1' }], nameOf)).toBe(
      '3: Check-up of 3 May; Encounter/2 (finished); Check-up of 3 May',
    )
    expect(valueWords(Array.from({ length: 10 }, (_, index) => index))).toBe('10: 0; 1; 2; 3; 4; 5; 6; 7; and 2 more')
  })
})
