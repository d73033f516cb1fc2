import type { Chart } from '../engine.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import { starterPackages } from '../starter-packages.fixture.ts'
import { elm, smallMeasure, somebody, year } from '../small-measure.fixture.ts'
import { openEnginePool } from './engine-pool.ts'

const period = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: -300 }
const visit = (day: string): string =>
  `{"resourceType":"Encounter","id":"v","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"period":{"start":"${day}"}}`
const chart = (id: string, birthDate: string): Chart => ({
  id,
  resources: [JSON.stringify({ resourceType: 'Patient', id, birthDate }), visit('2026-03-01')],
})

let packages: MeasurePackage[]
beforeAll(async () => {
  packages = [...(await starterPackages()).values()]
}, 120_000)

describe('engine pool', () => {
  it('answers for every measure in the order of the charts', async () => {
    const pool = openEnginePool({ threads: 2 })
    const charts = Array.from({ length: 150 }, (_, index) => chart(`c${index}`, index % 3 === 0 ? '2020-01-01' : '1980-01-01'))
    const results = await pool.evaluate(packages, charts, period)
    await pool.close()
    expect([...results.keys()].sort()).toEqual(packages.map(({ id }) => id).sort())
    const screened = results.get('depression-screening-follow-up')!
    expect(screened.map(({ chartId }) => chartId)).toEqual(charts.map(({ id }) => id))
    expect(screened.map(({ groups }) => groups[0]!.populations.denominator)).toEqual(charts.map((_, index) => (index % 3 === 0 ? 0 : 1)))
  }, 60_000)

  it('outlives a thread that dies, and says that it did', async () => {
    const pool = openEnginePool({ threads: 1, memoryMb: 48 })
    const huge = { id: 'huge', resources: Array.from({ length: 200_000 }, () => visit('2026-03-01')) }
    await expect(pool.evaluate(packages, [huge], period)).rejects.toThrow(/^An engine thread stopped while it evaluated 1 charts: .*memory/)
    expect((await pool.evaluate(packages, [chart('c', '1980-01-01')], period)).get('glycemic-control-poor')).toHaveLength(1)
    await pool.close()
  }, 60_000)

  it('names measure and definition of logic that does not end', async () => {
    // Enough for a thread to begin on a busy machine.
    await using pool = { ...openEnginePool({ threads: 1, seconds: 8 }), [Symbol.asyncDispose]: () => pool.close() }
    // Patterns that look ahead are the ones that no other engine takes over.
    const endless = elm.node('Matches', elm.text(`${'a'.repeat(60)}b!`), elm.text('(?=(a+)+$)'))
    const pkg = smallMeasure({ 'Initial Population': elm.node('Not', elm.ref('Endless')), Endless: endless })
    await expect(pool.evaluate([pkg], [somebody], year)).rejects.toThrow(
      'An engine thread stopped while it evaluated 1 charts: it took longer than 8 s, in Small, Logic."Endless", Matches, with chart 1. ' +
        'Something in it repeats without end or grows beyond measure: bound it in the CQL.',
    )
    const refused = smallMeasure({ 'Initial Population': elm.node('Search', elm.yes) })
    await expect(pool.evaluate([refused], [somebody], year)).rejects.toThrow(
      'The measures could not be evaluated: Small: Logic."Initial Population", Search: This node is not supported.',
    )
  }, 60_000)

  it('says what is wrong with a package and stays usable', async () => {
    const pool = openEnginePool({ threads: 1 })
    const empty = { ...packages[0]!, hash: 'other', bundle: { ...packages[0]!.bundle, entry: packages[0]!.bundle.entry.slice(0, 1) } }
    await expect(pool.evaluate([empty], [chart('c', '1980-01-01')], period)).rejects.toThrow('The measures could not be evaluated')
    expect(await pool.evaluate(packages, [], period)).toEqual(new Map(packages.map(({ id }) => [id, []])))
    await pool.close()
    await expect(pool.evaluate(packages, [], period)).rejects.toThrow('The engine pool is closed.')
  }, 60_000)
})
