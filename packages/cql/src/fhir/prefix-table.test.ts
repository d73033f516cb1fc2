import { engineName, openCompiler } from '../compiler/compiler.ts'
import { openEnginePool } from '../pool/engine-pool.ts'
import { elm, smallMeasure, somebody, year } from '../small-measure.fixture.ts'
import { readPrefixTable } from './prefix-table.ts'

const qicore = 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-'
const quality = 'http://fhir.org/guides/onc/us-quality-core/StructureDefinition/us-quality-core-'
const regional = 'https://region.example/StructureDefinition/'
const problems = (table: unknown): unknown => {
  const reading = readPrefixTable(typeof table === 'string' ? table : JSON.stringify(table))
  return reading.ok ? reading.prefixes.slice(0, -3) : reading.problems
}

describe('a table of canonical prefixes', () => {
  it('is read, and refused with the row and what is wrong there', () => {
    expect(problems([{ from: regional, to: qicore }])).toEqual([[regional, qicore]])
    expect(problems('[')).toEqual([expect.stringMatching(/^It is not JSON: a list of /)])
    expect(problems({ from: regional, to: qicore })).toEqual([expect.stringMatching(/^It is a list of /)])
    expect(problems([{ from: regional, to: qicore }, { from: 'x' }, { from: regional, to: 'qicore-' }])).toEqual([
      'Row 2: It has no "from" and "to".',
      expect.stringMatching(/^Row 3: Its "to" is not the beginning of a canonical URL/),
    ])
    expect(problems([0, 1].map(() => ({ from: regional, to: qicore })))).toEqual([
      `Row 2: What begins with ${regional} is mapped by row 1 already.`,
    ])
  })

  it('maps once: what would be mapped on is refused, by its own rows or by the known ones', () => {
    const end = '. Name what measures ask for.'
    expect(problems([{ from: regional, to: quality }])).toEqual([`Row 1: Its "to" would be mapped on, to ${qicore}${end}`])
    expect(problems([{ from: regional, to: `${regional}qicore-` }])).toEqual([
      `Row 1: Its "to" would be mapped on, to ${regional}qicore-qicore-${end}`,
    ])
    expect(problems([{ from: qicore, to: regional }])).toContain(
      `${qicore}, which is known here as what measures ask for, would be mapped on, to ${regional}${end}`,
    )
    expect(problems([{ from: quality, to: quality }])).toEqual([[quality, quality]])
  })

  it('decides what a record claims to be, in every thread, and is in the name of the engine', async () => {
    const retrieve = { type: 'Retrieve', dataType: '{http://hl7.org/fhir}ServiceRequest', templateId: `${qicore}servicenotrequested` }
    const pkg = smallMeasure({ 'Initial Population': elm.node('Exists', retrieve) })
    const order = { resourceType: 'ServiceRequest', id: 'o', status: 'active', meta: { profile: [`${regional}servicenotrequested`] } }
    const chart = { id: 'p', resources: [...somebody.resources, JSON.stringify(order)] }
    const reading = readPrefixTable(JSON.stringify([{ from: regional, to: qicore }]))
    if (!reading.ok) throw new Error('no table')
    for (const [prefixes, count] of [
      [undefined, 0],
      [reading.prefixes, 1],
    ] as const) {
      const pool = openEnginePool({ threads: 1, prefixes })
      const found = (await pool.evaluate([pkg], [chart], year)).get('m')!
      await pool.close()
      expect(found).toMatchObject([{ problem: null, groups: [{ populations: { 'initial-population': count } }] }])
      const { name, version } = openCompiler({ prefixes })
      expect(engineName(prefixes)).toBe(`${name} ${version}`)
      expect(version).toMatch(count === 0 ? /^\d+$/ : /^\d+\+prefixes\.[0-9a-f]{12}$/)
    }
  })
})
