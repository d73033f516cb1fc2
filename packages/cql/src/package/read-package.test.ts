import type { FhirValueSet, PackageBundle } from './measure-package.ts'
import { readPackage } from './read-package.ts'

const library = (name: string, elm: object | null): object => ({
  resourceType: 'Library',
  id: name,
  url: `https://example.org/Library/${name}`,
  version: '1',
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
      'http://namespace/Helpers: The library is missing; Own needs it.',
      'https://example.org/ValueSet/lab: The value set is missing; Own needs it.',
    ])
    expect(problems(bundle(measure))).toEqual(['https://example.org/Library/Own|1: The library is missing; Measure/m needs it.'])
    expect(problems(bundle(measure, library('Own', null)))).toEqual([
      'Own: The library carries no ELM (application/elm+json): translate its CQL first.',
    ])
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
    const other = { ...measure, group: [{ population: [population('measure-observation', 'Nothing')] }] }
    expect(problems(bundle(other, library('Own', own), helpers, lab))).toEqual([
      'Measure/m: Populations of kind measure-observation are not supported.',
      'Own: The library does not define "Nothing".',
    ])
  })

  it('refuses what is no package', () => {
    for (const value of [null, 'x', {}, { resourceType: 'Bundle' }, { resourceType: 'Bundle', entry: [{}] }]) {
      expect(problems(value)).toEqual(['Bundle: This is not a FHIR Bundle of resources.'])
    }
    expect(problems(bundle(measure, measure))).toEqual(['Bundle: A package holds one Measure; this one holds 2.'])
  })
})
