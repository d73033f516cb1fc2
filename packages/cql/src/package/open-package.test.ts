import { gzipSync } from 'node:zlib'
import { openPackage } from './open-package.ts'

const cql = `library Adults version '1'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Initial Population": exists [Encounter]
`
const attached = (text: string): object => ({
  ...{ resourceType: 'Library', id: 'Adults', url: 'https://example.org/Library/Adults', version: '1', name: 'Adults' },
  content: [{ contentType: 'text/cql', data: Buffer.from(text).toString('base64') }],
})
const measure = {
  ...{ resourceType: 'Measure', id: 'm', url: 'https://example.org/Measure/m', version: '1', name: 'M' },
  library: ['https://example.org/Library/Adults'],
  group: [{ population: [{ code: { coding: [{ code: 'initial-population' }] }, criteria: { expression: 'Initial Population' } }] }],
}
const bundle = (text: string): string =>
  JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [{ resource: measure }, { resource: attached(text) }] })
const problems = async (bytes: Uint8Array | string): Promise<unknown> => {
  const reading = await openPackage(Buffer.from(bytes))
  return reading.ok ? [] : reading.problems.map(({ subject, message }) => `${subject}: ${message}`)
}

describe('openPackage', () => {
  it('translates libraries that come as CQL only, gzipped or not, with our FHIRHelpers', async () => {
    const reading = await openPackage(gzipSync(bundle(cql)))
    expect(reading).toMatchObject({ ok: true, package: { id: 'm', title: 'M' } })
    const names = reading.ok ? Object.keys(reading.package.libraryHashes) : []
    expect(names).toEqual(['https://example.org/Library/Adults|1', 'https://carecommons.example/fhir/Library/FHIRHelpers|4.0.1'])
  }, 60_000)

  it('says where CQL does not parse', async () => {
    expect(await problems(bundle(cql.replace('exists [Encounter]', 'exists [Encounter')))).toEqual([
      expect.stringMatching(/^Adults: Line 7, column 1 of its CQL: This is not valid CQL: /),
    ])
    expect(await problems(bundle(cql.replace('[Encounter]', '[Encountre]')))).toContainEqual(
      expect.stringMatching(/^Adults: Line 6, column \d+ of its CQL: /),
    )
  }, 60_000)

  it('refuses a file that is cut off, damaged, or something else', async () => {
    const whole = bundle(cql)
    expect(await problems('')).toEqual(['Bundle: The file is empty.'])
    expect(await problems(whole.slice(0, 500))).toEqual(['Bundle: The bundle is cut off after 500 characters: its end is missing.'])
    expect(await problems(gzipSync(whole).subarray(0, 200))).toEqual([
      'Bundle: The compressed file is cut off: its end is missing. Load it again from where it came.',
    ])
    const damaged = gzipSync(whole)
    damaged[60]! ^= 0xff
    expect(await problems(damaged)).toEqual([expect.stringMatching(/^Bundle: The (compressed file is|bundle|file is)/)])
    expect(await problems('<Bundle/>')).toEqual(['Bundle: The file is XML. Ask for the package as FHIR JSON: a Bundle, gzipped or not.'])
    expect(await problems(whole.replace('"entry":', '"entry";'))).toEqual([
      expect.stringMatching(/^Bundle: The file is not JSON from character \d+ on\.$/),
    ])
    expect(await problems(gzipSync(Buffer.alloc(101 * 1024 * 1024)))).toEqual([
      'Bundle: The file holds more than 100 MB, which is no measure package.',
    ])
  }, 60_000)
})
