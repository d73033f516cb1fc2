import type { FhirValueSet, PackageBundle } from './measure-package.ts'
import { readPackage } from './read-package.ts'

const library = (name: string, elm: object | null, version = '1'): object => ({
  resourceType: 'Library',
  id: name,
  url: `https://example.org/Library/${name}`,
  version,
  name,
  content: elm
    ? [{ contentType: 'application/elm+json', data: Buffer.from(JSON.stringify({ library: elm })).toString('base64') }]
    : [{ contentType: 'text/cql', data: '' }],
})
const population = (code: string, expression: string): object => ({ code: { coding: [{ code }] }, criteria: { expression } })
const measure = {
  resourceType: 'Measure',
  ...{ id: 'm', url: 'https://example.org/Measure/m', version: '1', title: 'M' },
  library: ['https://example.org/Library/Own|1'],
  group: [{ population: [population('initial-population', 'Initial Population'), population('numerator', 'Numerator')] }],
}
const own = {
  identifier: { id: 'Own', version: '0.9' },
  includes: { def: [{ localIdentifier: 'Helpers', path: 'http://namespace/Helpers', version: '7' }] },
  valueSets: { def: [{ name: 'Lab', id: 'https://example.org/ValueSet/lab' }] },
  statements: { def: [{ name: 'Initial Population' }, { name: 'Numerator' }] },
}
const helpers = library('Helpers', { identifier: { id: 'Helpers', version: '7' } })
const lab: FhirValueSet = {
  ...{ resourceType: 'ValueSet', id: 'lab', url: 'https://example.org/ValueSet/lab' },
  expansion: { total: 1, contains: [{ system: 'http://loinc.org', code: '4548-4' }] },
}
const bundle = (...resources: object[]): PackageBundle =>
  ({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) }) as PackageBundle
const problems = (value: unknown): unknown => {
  const reading = readPackage(value)
  return reading.ok ? [] : reading.problems.map(({ subject, message }) => `${subject}: ${message}`)
}

describe('readPackage', () => {
  it('accepts a complete package, whatever versions the ELM inside claims', () => {
    const reading = readPackage(bundle(measure, library('Own', own), helpers, lab))
    expect(reading).toMatchObject({ ok: true, package: { id: 'm', hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect(reading.ok && Object.keys(reading.package.valueSetHashes)).toEqual([lab.url])
  })

  it('names what is missing', () => {
    expect(problems(bundle(measure, library('Own', own)))).toEqual([
      'http://namespace/Helpers|7: The library is missing; Own needs it.',
      'https://example.org/ValueSet/lab: The value set is missing; Own needs it.',
    ])
    expect(problems(bundle(measure))).toEqual(['https://example.org/Library/Own|1: The library is missing; Measure/m needs it.'])
    expect(problems(bundle(measure, library('Own', null)))).toEqual(['Own: The library carries CQL only; it has to be translated first.'])
  })

  it('refuses value sets that are not there in full', () => {
    const cut = { ...lab, expansion: { ...lab.expansion, total: 1997 } }
    expect(problems(bundle(measure, library('Own', own), helpers, cut))).toEqual([
      `${lab.url}: The value set cannot be used: its expansion holds 1 of 1997 codes.`,
    ])
    const byRule = { ...lab, expansion: undefined, compose: { include: [{ system: 'http://snomed.info/sct', filter: [{}] }] } }
    expect(problems(bundle(measure, library('Own', own), helpers, byRule))).toEqual([
      `${lab.url}: The value set cannot be used: it is defined by a rule and has no expansion.`,
    ])
  })

  it('refuses criteria that the library does not define and populations it does not know', () => {
    const asked = (...populations: object[]): object => ({ ...measure, group: [{ population: populations }] })
    const initial = population('initial-population', 'Nothing')
    expect(problems(bundle(asked(initial), library('Own', own), helpers, lab))).toEqual(['Own: The library does not define "Nothing".'])
    expect(problems(bundle(asked(population('bystanders', 'Numerator')), library('Own', own), helpers, lab))).toEqual([
      'Measure/m: Populations of kind bystanders are not known.',
      'Measure/m: A cohort measure needs a population of kind initial-population; there is none.',
    ])
    const composite = { ...measure, scoring: { coding: [{ code: 'composite' }] } }
    expect(problems(bundle(composite, library('Own', own), helpers, lab))).toEqual([
      'Measure/m: Measures of scoring composite cannot be computed.',
    ])
  })

  it('refuses libraries that include each other in a circle', () => {
    const circular = {
      identifier: { id: 'Helpers', version: '7' },
      includes: { def: [{ localIdentifier: 'Own', path: 'Own', version: '0.9' }] },
    }
    expect(problems(bundle(measure, library('Own', own), library('Helpers', circular), lab))).toEqual([
      'Own: Libraries include each other in a circle: Own includes Helpers includes Own. ' +
        'Put what they need of each other into a library of its own that both include.',
    ])
  })

  it('refuses two of the same where it is not said which is meant', () => {
    const older = library('Helpers', { identifier: { id: 'Helpers', version: '6' } }, '0')
    const rival = library('Helpers', { identifier: { id: 'Helpers', version: '7' }, note: 'another' }, '2')
    expect(problems(bundle(measure, library('Own', own), older, helpers, lab))).toEqual([])
    expect(problems(bundle(measure, library('Own', own), helpers, rival, lab))).toEqual([
      'http://namespace/Helpers|7: The package holds the library more than once (1 and 2), and Own does not say which it means.',
    ])
    const other = { ...lab, version: '2', expansion: { contains: [{ system: 'http://loinc.org', code: '4549-2' }] } }
    expect(problems(bundle(measure, library('Own', own), helpers, lab, other))).toEqual([
      `${lab.url}: The package holds the value set 2 times (without version, 2), and Own does not say which it means.`,
    ])
    expect(problems(bundle(measure, library('Own', own), helpers, lab, lab))).toEqual([])
  })

  it('warns of another version than named, and of a cut value set that nobody asks for', () => {
    const newer = library('Helpers', { identifier: { id: 'Helpers', version: '8' } }, '8')
    const spare = { ...lab, url: 'https://example.org/ValueSet/spare', expansion: { total: 5, contains: [] } }
    const reading = readPackage(bundle(measure, library('Own', own), newer, lab, spare))
    expect(reading.ok && reading.warnings.map(({ subject, message }) => `${subject}: ${message}`)).toEqual([
      'http://namespace/Helpers|7: Own names this version; the package holds 8, which is used.',
      'https://example.org/ValueSet/spare: No library names this value set; its expansion holds 0 of 5 codes.',
    ])
  })

  it('names a library whose ELM is cut off, and nesting that nobody can walk', () => {
    const cut = {
      ...library('Own', own),
      content: [{ contentType: 'application/elm+json', data: Buffer.from('{"library":{').toString('base64') }],
    }
    expect(problems(bundle(measure, cut, helpers, lab))).toEqual(['Own: Its ELM is not JSON; it is cut off or damaged (12 characters).'])
    expect(problems(JSON.parse(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`))).toEqual([
      'Bundle: This is nested too deeply for a package.',
    ])
  })

  it('names what a library has twice and differently, and takes what it has twice and the same', () => {
    const helping = (parts: object): unknown =>
      problems(bundle(measure, library('Own', own), library('Helpers', { identifier: { id: 'Helpers', version: '7' }, ...parts }), lab))
    const say = (what: string): string[] => [`Helpers: It has the ${what} twice, and the two differ. Take one of them out.`]
    const of = (name: string, value: unknown, more: object = {}): object => ({ name, ...more, expression: { type: 'Literal', value } })
    const on = (type: string, localId: string): object => ({
      type: 'FunctionDef',
      operand: [{ name: 'x', operandTypeSpecifier: { type: 'NamedTypeSpecifier', localId, name: type } }],
    })
    expect(helping({ statements: { def: [of('X', '1'), of('X', '1'), of('F', '1', on('A', '1')), of('F', '2', on('B', '2'))] } })).toEqual(
      [],
    )
    expect(helping({ statements: { def: [of('X', '1'), of('X', '2'), of('X', '3')] } })).toEqual(say('definition "X"'))
    const functions = [of('F', '1', on('A', '1')), of('F', '2', on('A', '2'))]
    expect(helping({ statements: { def: functions } })).toEqual(say('function "F" of the same operands'))
    const set = (id: string): object => ({ name: 'V', id })
    expect(helping({ valueSets: { def: [set(lab.url), set(`${lab.url}|2`)] } })).toEqual(say('value set "V"'))
    expect(helping({ parameters: { def: [of('P', '1', { default: {} }), of('P', '2', { default: {} })] } })).toEqual(say('parameter "P"'))
    const inclusion = (path: string): object => ({ localIdentifier: 'I', path })
    const helper = library('Third', { identifier: { id: 'Third' } })
    const including = library('Helpers', {
      identifier: { id: 'Helpers', version: '7' },
      includes: { def: [inclusion('Third'), inclusion('https://example.org/Library/Third')] },
    })
    expect(problems(bundle(measure, library('Own', own), including, helper, lab))).toEqual(say('include "I"'))
  })

  it('refuses two populations of one id', () => {
    const twice = ['initial-population', 'numerator'].map((code) => ({ ...population(code, 'Numerator'), id: 'p' }))
    expect(problems(bundle({ ...measure, group: [{ population: twice }] }, library('Own', own), helpers, lab))).toEqual([
      'Measure/m: Several of its populations have the id "p".',
    ])
  })

  it('refuses ELM of which the translator itself says that its CQL has an error, and takes its warnings', () => {
    const said = (errorSeverity: string): object => ({
      ...{ type: 'CqlToElmError', libraryId: 'Helpers', errorType: 'semantic', errorSeverity },
      ...{ startLine: 12, startChar: 3, message: 'Could not resolve identifier Nowhere in the current library.' },
    })
    const withSaid = (...annotation: object[]): object => library('Helpers', { identifier: { id: 'Helpers', version: '7' }, annotation })
    expect(problems(bundle(measure, library('Own', own), withSaid(said('warning'), { type: 'CqlToElmInfo' }), lab))).toEqual([])
    expect(problems(bundle(measure, library('Own', own), withSaid(said('warning'), said('error')), lab))).toEqual([
      'Helpers: Its ELM was made of CQL that has an error in line 12, column 3: Nothing named Nowhere is defined here. Correct the CQL and translate it again.',
    ])
    const bare = { type: 'CqlToElmError', errorSeverity: 'error', libraryId: 5, message: {} }
    expect(problems(bundle(measure, library('Own', own), withSaid(bare), lab))).toEqual([expect.stringMatching(/^Helpers: .*no reason/)])
  })

  it('refuses more libraries and more codes than it can work with', () => {
    const chain = Array.from({ length: 501 }, (_, index) =>
      library(`L${index}`, {
        identifier: { id: `L${index}`, version: '1' },
        includes: { def: index < 500 ? [{ localIdentifier: 'Next', path: `L${index + 1}` }] : [] },
      }),
    )
    const root = library('Own', { ...own, includes: { def: [{ localIdentifier: 'First', path: 'L0' }] } })
    expect(problems(bundle(measure, root, ...chain, lab))).toEqual([
      'Measure/m: The measure runs on more than 500 libraries, which are the most that are taken. Put some of them together.',
    ])
    const spare = Array.from({ length: 2001 }, (_, index) => library(`S${index}`, null))
    expect(problems(bundle(measure, ...spare))).toEqual([
      'Bundle: It holds 2,001 libraries; 2,000 are taken. Leave out those that the measure does not run on.',
    ])
    const contains = Array.from({ length: 400_001 }, (_, index) => ({ system: 's', code: String(index) }))
    expect(problems(bundle(measure, library('Own', own), helpers, { ...lab, expansion: { contains } }))).toEqual([
      'Bundle: Its value sets hold 400,001 codes; 400,000 are taken. Ask its publisher for sets of the codes that are meant.',
    ])
  })

  it('reads each resource a fixed number of times, however many include and name each other', () => {
    let reads = 0
    const counted = (resource: object, url: string): object =>
      Object.defineProperty({ ...resource }, 'url', { enumerable: true, get: () => (reads++, url) })
    const urls = Array.from({ length: 200 }, (_, index) => `https://example.org/ValueSet/${index}`)
    const names = Array.from({ length: 60 }, (_, index) => `L${index}`)
    const includes = (from: number): object => ({
      def: names.slice(from).map((name) => ({ localIdentifier: name, path: `https://example.org/Library/${name}`, version: '1' })),
    })
    const root = library('Own', {
      ...own,
      ...{ includes: includes(0), valueSets: { def: urls.map((id, index) => ({ name: `V${index}`, id })) } },
    })
    const libraries = names.map((name, index) =>
      counted(
        library(name, { identifier: { id: name, version: '1' }, includes: includes(index + 1) }),
        `https://example.org/Library/${name}`,
      ),
    )
    expect(problems(bundle(measure, root, ...libraries, ...urls.map((url) => counted(lab, url))))).toEqual([])
    expect(reads).toBeLessThan(20 * (urls.length + names.length))
  })

  it('refuses what is no package', () => {
    for (const value of [null, 'x', {}, { resourceType: 'Bundle' }, { resourceType: 'Bundle', entry: [{}] }]) {
      expect(problems(value)).toEqual(['Bundle: This is not a FHIR Bundle of resources.'])
    }
    expect(problems(bundle(measure, measure))).toEqual(['Bundle: A package holds one Measure; this one holds 2.'])
  })
})
