import { openCompiler } from '../compiler/compiler.ts'
import { libraryHeader, withoutNamespaces } from '../front-end/translation.ts'
import type { FhirLibrary } from './measure-package.ts'
import { openPackage } from './open-package.ts'
import { attachment } from './package-content.ts'

/** Ways in which packages of others are written, each by a small one of ours. */
const text = (data: string): string => Buffer.from(data).toString('base64')
const system = (name: string): string => `{urn:hl7-org:elm-types:r1}${name}`
const node = (type: string, more: object = {}): object => ({ type, ...more })
const period = node('ParameterRef', { name: 'Measurement Period' })
const number = (value: number): object => node('Literal', { valueType: system('Integer'), value: String(value) })
const visits = (codes?: object): object =>
  node('Retrieve', { dataType: '{http://hl7.org/fhir}Encounter', ...(codes && { codes, codeProperty: 'type', codeComparator: 'in' }) })
const any = (list: object): object => node('Exists', { operand: list })

/** A library whose "Yes" is what is given, else whether there is a visit. */
const library = (name: string, yes: object = any(visits()), more: object = {}): object => {
  const parameter = { name: 'Measurement Period', accessLevel: 'Public', parameterTypeSpecifier: interval('DateTime') }
  const own = { identifier: { id: name, version: '1.0.0' }, parameters: { def: [parameter] } }
  const statements = { def: [{ name: 'Yes', context: 'Patient', accessLevel: 'Public', expression: yes }] }
  return {
    ...{ resourceType: 'Library', id: name.replaceAll('.', '-'), name, version: '1.0.0', url: named(name) },
    content: [
      { contentType: 'text/cql', data: text('library') },
      { contentType: 'application/elm+json; charset=utf-8', data: text(JSON.stringify({ library: { ...own, statements, ...more } })) },
    ],
  }
}
const interval = (point: string): object =>
  node('IntervalTypeSpecifier', { pointType: node('NamedTypeSpecifier', { name: system(point) }) })
const including = (path: string): object => ({ includes: { def: [{ localIdentifier: 'S', path, version: '1.0.0' }] } })
const measure = (reference: string, expression = 'Yes'): object => ({
  ...{ resourceType: 'Measure', id: 'm', url: 'https://example.org/Measure/m', version: '1', name: 'M', library: [reference] },
  scoring: { coding: [{ code: 'cohort' }] },
  group: [{ population: [{ code: { coding: [{ code: 'initial-population' }] }, criteria: { language: 'text/cql', expression } }] }],
})
const bundle = (...resources: readonly object[]): Buffer =>
  Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: resources.map((resource) => ({ resource })) }))

const coding = [{ system: 'https://example.org/cs', code: 'a' }]
const chart = {
  id: 'c',
  resources: [
    '{"resourceType":"Patient","id":"p","birthDate":"1970-01-01"}',
    JSON.stringify({
      resourceType: 'Encounter',
      id: 'e',
      status: 'finished',
      type: [{ coding }],
      period: { start: '2026-12-31T23:00:00Z' },
    }),
  ],
}

/** Counts of the initial population, or why the package is refused; notes go with them. */
async function outcome(bytes: Uint8Array): Promise<unknown> {
  const reading = await openPackage(bytes)
  if (!reading.ok) return reading.problems.map(({ subject, message }) => `${subject}: ${message}`)
  const [result] = await openCompiler()
    .load(reading.package)
    .evaluate([chart], { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 })
  return [result!.groups[0]!.counts[0], ...reading.warnings.map(({ message }) => message)]
}
function named(name: string): string {
  return `https://example.org/Library/${name}`
}

describe('packages as others write them', () => {
  const there = node('ExpressionRef', { name: 'Yes', libraryName: 'S' })
  const lastDay = node('Date', { year: number(2026), month: number(12), day: number(31) })
  const inDays = { parameters: { def: [{ name: 'Measurement Period', parameterTypeSpecifier: interval('Date') }] } }
  const withDefault = { parameters: { def: [{ name: 'Least', default: number(1) }] } }
  const atLeast = node('GreaterOrEqual', { operand: [node('Count', { source: visits() }), node('ParameterRef', { name: 'Least' })] })
  it.each([
    ['names its library with a version', bundle(measure(`${named('A')}|1.0.0`), library('A'))],
    ['has dots and dashes in names', bundle(measure(named('A-core.x')), library('A-core.x'))],
    ['includes by namespace', bundle(measure(named('B')), library('B', there, including('http://example.org/ns/Stays')), library('Stays'))],
    ['quotes a criterion', bundle(measure(named('A'), '"Yes"'), library('A'))],
    [
      'counts its period in days',
      bundle(measure(named('A')), library('A', node('Equal', { operand: [node('End', { operand: period }), lastDay] }), inDays)),
    ],
    ['begins with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bundle(measure(named('A')), library('A'))])],
    ['holds other resources too', bundle({ resourceType: 'CodeSystem' }, measure(named('A')), library('A'))],
    ['has a parameter with a default', bundle(measure(named('A')), library('A', atLeast, withDefault))],
  ] as const)('one that %s', async (_, bytes) => expect(await outcome(bytes)).toEqual([1]))

  const sets = { valueSets: { def: [{ name: 'V', id: 'https://example.org/vs' }] } }
  const withSet = (valueSet: object): Buffer =>
    bundle(measure(named('A')), library('A', any(visits(node('ValueSetRef', { name: 'V' }))), sets), {
      ...{ resourceType: 'ValueSet', id: 'v', url: 'https://example.org/vs' },
      ...valueSet,
    })
  const listed = { system: 'https://example.org/cs', concept: [{ code: 'a' }] }
  const refused = (why: string): string[] => [`https://example.org/vs: The value set cannot be used: ${why}.`]
  it.each([
    [{ compose: { include: [listed] } }, [1]],
    [{ expansion: { contains: [{ abstract: true, contains: coding }] } }, [1]],
    [
      { compose: { include: [{ valueSet: ['https://example.org/other'] }] } },
      refused('it is made of other value sets and has no expansion'),
    ],
    [{ compose: { include: [listed], exclude: [listed] } }, refused('it is defined by a rule and has no expansion')],
    [{ compose: { include: [{ system: 'https://example.org/cs' }] } }, refused('it is defined by a rule and has no expansion')],
    [{ expansion: { contains: [...coding, { code: 'b' }] } }, refused('1 of its 2 codes name no code system (the first is "b")')],
    [
      { expansion: { contains: [...coding, { ...coding[0], code: 'b ' }] } },
      refused('1 of its codes have a space before or behind them (the first is "b ")'),
    ],
    [
      { expansion: { contains: [] }, compose: { include: [listed] } },
      refused('its expansion is empty and its definition lists codes (1): expand it again'),
    ],
    [{ expansion: { total: 0 } }, [0, 'The value set holds no code, so nothing can be in it.']],
    [{ expansion: { total: 2, contains: [{ abstract: true, contains: coding }] } }, [1]],
    [{ expansion: { total: 3, contains: [{ abstract: true, contains: coding }] } }, refused('its expansion holds 2 entries of 3')],
    [
      {
        expansion: {
          parameter: [
            { name: 'offset', valueInteger: 0 },
            { name: 'count', valueInteger: 1000 },
          ],
          contains: coding,
        },
      },
      [1],
    ],
    [
      { expansion: { parameter: [{ name: 'offset', valueInteger: 1000 }], contains: coding } },
      refused('its expansion is a page that starts after 1000 codes'),
    ],
    [
      { expansion: { parameter: [{ name: 'limitedExpansion', valueBoolean: true }], contains: coding } },
      refused('its publisher marked the expansion of 1 codes as incomplete'),
    ],
    [{ expansion: { parameter: [{ name: 'limitedExpansion', valueBoolean: false }], contains: coding } }, [1]],
    [
      { expansion: { parameter: [{ name: 'count', valueInteger: 1 }], contains: coding } },
      [1, 'Its expansion was asked for 1 codes and holds as many, without saying how many there are: it may be cut off there.'],
    ],
    [{ expansion: { total: 1, parameter: [{ name: 'count', valueInteger: 1 }], contains: coding } }, [1]],
    [{ expansion: { total: 1, offset: 1, contains: coding } }, refused('its expansion is a page that starts after 1 codes')],
  ])('a value set %j', async (valueSet, expected) => expect(await outcome(withSet(valueSet))).toEqual(expected))

  const inSet = any(visits(node('ValueSetRef', { name: 'V' })))
  const ofSet = (version: string): object => ({ valueSets: { def: [{ name: 'V', id: 'https://example.org/vs', version }] } })
  const ofVersion = (version: string, code: string): object => ({
    ...{ resourceType: 'ValueSet', id: `v${version}`, url: 'https://example.org/vs', version },
    compose: { include: [{ system: 'https://example.org/cs', concept: [{ code }] }] },
  })

  it.each([
    [ofVersion('1', 'a'), ofVersion('2', 'b')],
    [ofVersion('2', 'b'), ofVersion('1', 'a')],
  ])('one whose libraries each name a version of a value set gives each its own, in any order', async (...versions) => {
    const other = library('B', inSet, ofSet('2'))
    const yes = node('And', { operand: [inSet, node('Not', { operand: there })] })
    const logic = library('A', yes, { ...ofSet('1'), ...including('B') })
    expect(await outcome(bundle(measure(named('A')), logic, other, ...versions))).toEqual([1])
  })

  it('one that includes two versions of a library whose ELM calls both the same computes with each where it is meant', async () => {
    const ofVersion = (version: string, yes: object): object => ({ ...library('B', yes), id: `B-${version}`, version })
    const include = (localIdentifier: string, path: string, version: string): object => ({ localIdentifier, path: named(path), version })
    const ref = (libraryName: string): object => node('ExpressionRef', { name: 'Yes', libraryName })
    const both = node('And', { operand: [ref('S'), node('Not', { operand: ref('C') })] })
    const logic = library('A', both, { includes: { def: [include('S', 'B', '10'), include('C', 'C', '1.0.0')] } })
    const other = library('C', ref('S'), { includes: { def: [include('S', 'B', '20')] } })
    const never = node('Not', { operand: any(visits()) })
    const resources = [measure(named('A')), logic, other, ofVersion('10', any(visits())), ofVersion('20', never)]
    expect(await outcome(bundle(...resources))).toEqual([1])
    const reading = await openPackage(bundle(...resources))
    expect(reading.ok && openCompiler().load(reading.package).groups[0]!.clauses).toEqual(['Yes', 'B."Yes"', 'C."Yes"', 'B|20."Yes"'])
  })

  describe('whose library of conversions stops at a value that it does not convert', () => {
    const fhir = (type: string): string => `{http://hl7.org/fhir}${type}`
    const stops = node('Message', {
      source: node('Null'),
      ...{
        condition: node('IsNull', { operand: node('Null') }),
        severity: node('Literal', { valueType: system('String'), value: 'Error' }),
      },
    })
    const conversion = (name: string, type: string, expression: object): object => ({
      ...{ name, type: 'FunctionDef', context: 'Patient', expression },
      operand: [{ name: 'value', operandTypeSpecifier: node('NamedTypeSpecifier', { name: fhir(type) }) }],
    })
    const ofQuantity = conversion('ToQuantity', 'Quantity', stops)
    const others = [
      ...[conversion('ToCode', 'Coding', node('Null')), conversion('ToConcept', 'CodeableConcept', node('Null'))],
      ...[conversion('ToInterval', 'Period', node('Null')), conversion('ToInterval', 'Range', node('Null'))],
      conversion('ToRatio', 'Ratio', node('Null')),
    ]
    const quantity = node('As', { operand: node('Null'), asType: fhir('Quantity') })
    const isUnknown = (name: string): object =>
      node('IsNull', { operand: node('FunctionRef', { name, libraryName: 'S', operand: [quantity] }) })
    const result = async (name: string, def: readonly object[], expression = isUnknown('ToQuantity')): Promise<unknown> => {
      const included = library(name, undefined, { statements: { def } })
      const reading = await openPackage(bundle(measure(named('A')), library('A', expression, including(name)), included))
      if (!reading.ok) return reading.problems
      const period = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 }
      const [found] = await openCompiler().load(reading.package).evaluate([chart], period)
      return found!.problem ?? found!.groups[0]!.counts[0]
    }
    const stopped = expect.stringMatching(/^FHIRHelpers\."|^A\."Yes"/)

    it.each(['FHIRHelpers', 'Turn'])('that value is unknown, whatever the library is called: %s', async (name) => {
      expect(await result(name, [ofQuantity, ...others])).toBe(1)
    })

    it('what stops in another library stops, whatever it is called', async () => {
      expect(await result('FHIRHelpers', [ofQuantity])).toEqual(stopped)
      expect(await result('FHIRHelpers', [ofQuantity, ...others.slice(1)])).toEqual(stopped)
      const said = { name: 'Said', context: 'Patient', expression: stops }
      const asked = node('IsNull', { operand: node('ExpressionRef', { name: 'Said', libraryName: 'S' }) })
      expect(await result('FHIRHelpers', [ofQuantity, ...others, said], asked)).toEqual(stopped)
    })
  })

  it('says of a value set that it is another version than named', async () => {
    const reading = await openPackage(bundle(measure(named('A')), library('A', inSet, ofSet('7')), ofVersion('1', 'a')))
    expect(reading.ok && reading.warnings).toEqual([
      { subject: 'https://example.org/vs|7', message: 'A names this version; the package holds 1, which is used.' },
    ])
  })

  it('says of a parameter without value that it is null', async () => {
    const unset = { parameters: { def: [{ name: 'Period', parameterTypeSpecifier: interval('DateTime') }] } }
    const yes = node('Not', { operand: node('IsNull', { operand: node('ParameterRef', { name: 'Period' }) }) })
    expect(await outcome(bundle(measure(named('A')), library('A', yes, unset)))).toEqual([
      0,
      'Its parameter "Period" has no default and is given no value: it is null.',
    ])
  })

  it('leaves namespaces of CQL out where they stand', () => {
    const cql = 'library org.example.Stays version \'1\'\ninclude org.example."Other-1" called O\n// include nothing'
    expect(libraryHeader(cql)).toEqual({ name: 'Stays', version: '1' })
    const found = withoutNamespaces(cql)
    expect([found.length, found.indexOf('Stays')]).toEqual([cql.length, cql.indexOf('Stays')])
    expect(found).not.toContain('org')
  })

  it('takes a population by the coding that is known, wherever it stands among others', async () => {
    const code = { coding: [{ code: 'IPOP' }, { code: 'initial-population' }] }
    const group = [{ population: [{ code, criteria: { expression: 'Yes' } }] }]
    const scoring = { coding: [{ code: 'COHORT' }, { code: 'cohort' }] }
    expect(await outcome(bundle({ ...measure(named('A')), group, scoring }, library('A')))).toEqual([1])
  })

  it.each<[string, object, string | number]>([
    ['boolean', any(visits()), 1],
    ['boolean', number(1), 'A."Yes": It is Integer, and as initial-population it counts people: it has to be Boolean.'],
    ['boolean', visits(), 'A."Yes": It is List<Encounter>, and as initial-population it counts people: it has to be Boolean.'],
    ['Encounter', visits(), 1],
    [
      'Encounter',
      any(visits()),
      'A."Yes": It is Boolean, and as initial-population it counts each Encounter: it has to be a list of them.',
    ],
    [
      'Condition',
      visits(),
      'A."Yes": It is List<Encounter>, and as initial-population it counts each Condition: it has to be a list of them.',
    ],
    ['Banana', visits(), 'A: The measure counts Banana, which is no type of FHIR R4. Its population basis is boolean or a type.'],
  ])('a population of a measure that counts %s is of that type: %j', async (basis, yes, expected) => {
    const found = measure(named('A')) as { group: readonly object[] }
    const reading = await openPackage(bundle({ ...found, group: [{ ...found.group[0], basis }] }, library('A', yes)))
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
    const load = () => openCompiler().load(reading.package)
    if (typeof expected === 'string') return expect(load).toThrow(expected)
    const [result] = await load().evaluate([chart], { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 })
    expect(result!.groups[0]!.counts[0]).toBe(expected)
  })

  const inCql = (name: string, data: Buffer | string, id = name): object => ({
    ...{ resourceType: 'Library', id, name, version: '1.0.0', url: named(id) },
    content: [{ contentType: 'text/cql', data: Buffer.from(data).toString('base64') }],
  })
  it.each<[Buffer | string, string]>([
    ['', 'A: Its CQL is empty. Ask its publisher for the text, or for its ELM.'],
    ['define X: 1', "A: Its CQL does not say its name. It begins with: library NameOfTheLibrary version '1.0.0'."],
    [Buffer.from('library A // caf\u00e9', 'latin1'), 'A: Its CQL is not UTF-8 text. Save it in UTF-8.'],
  ])('refuses CQL that cannot be translated: %j', async (cql, why) => {
    expect(await outcome(bundle(measure(named('A')), inCql('A', cql)))).toEqual([why])
  })

  it('refuses two texts of one library, which nothing tells apart when they are translated', async () => {
    const [first, second] = ['1', '2'].map((version) => inCql('A', `library A version '${version}'`, `A-${version}`))
    expect(await outcome(bundle(measure(named('A-1')), first!, second!))).toEqual([
      'A: The package holds the CQL of A several times, and they differ. Take one, or bring each as ELM.',
    ])
  })

  it('reads CQL by the mark that an editor wrote before it', () => {
    const cql = "library A version '1'"
    for (const bytes of [
      Buffer.from(`\uFEFF${cql}`),
      Buffer.from(`\uFEFF${cql}`, 'utf16le'),
      Buffer.from(`\uFEFF${cql}`, 'utf16le').swap16(),
    ])
      expect(attachment(inCql('A', bytes) as FhirLibrary, 'text/cql')).toBe(cql)
  })

  it.each([
    ['<?xml version="1.0"?><Bundle/>', 'The file is XML. Ask for the package as FHIR JSON: a Bundle, gzipped or not.'],
    ['PK\u0003\u0004', 'The file is a ZIP archive. Unpack it and load the Bundle inside, a JSON file.'],
    [
      '{"resourceType":"Measure"}\n{"resourceType":"Library"}\n',
      'The file holds several resources, one a line. A package is one FHIR Bundle with all of them as entries.',
    ],
    ['{"resourceType":"Measure"}', 'This is a Measure alone. A package is a Bundle that holds it with its libraries and value sets.'],
    ['{"resourceType":"Bundle","entry":[{"fullUrl":"x"}]}', 'This is not a FHIR Bundle of resources.'],
    [
      JSON.stringify({ resourceType: 'Bundle', name: 'caf\u00e9', entry: [] }),
      'The file is not UTF-8 text. Save it as FHIR JSON in UTF-8.',
    ],
    [Buffer.from('{"a":1}', 'utf16le').toString('latin1'), 'The file is not UTF-8 text. Save it as FHIR JSON in UTF-8.'],
  ])('a file that is no package: %j', async (file, why) => expect(await outcome(Buffer.from(file, 'latin1'))).toEqual([`Bundle: ${why}`]))
})
