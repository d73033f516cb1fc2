import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { mayMatter, openCompiler, readPackage, type LoadedMeasure, type MeasurementPeriod } from '../index.ts'
import { charts } from '../random-charts.fixture.ts'
import { starterPackages } from '../starter-packages.fixture.ts'
import { both, either, type DateBound } from './date-bound.ts'
import { isWithin } from './record-dates.ts'

const year: MeasurementPeriod = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 }
const whole: DateBound = {
  ...{ paths: ['effective'], from: [{ anchor: 'start', months: 0, days: 0 }], to: [{ anchor: 'end', months: 0, days: 0 }] },
}

describe('bounds of dates', () => {
  const keeps = (resource: object): boolean => isWithin({ resourceType: 'Observation', ...resource }, 'Observation', [whole], year)

  it('let out only what plainly lies outside', () => {
    expect(keeps({ effectiveDateTime: '2025-06-01' })).toBe(false)
    expect(keeps({ effectiveDateTime: '2027-02-01T00:00:00Z' })).toBe(false)
    expect(keeps({ effectivePeriod: { start: '2024-01-01', end: '2025-12-01' } })).toBe(false)
    expect(keeps({ effectivePeriod: { start: '2027-02-01' } })).toBe(false)
    const kept = [
      {},
      { effectiveDateTime: 'soon' },
      { effectiveTiming: { event: ['2020-01-01'] } },
      { effectiveInstant: '2020-01-01T00:00:00Z' },
    ]
    expect(kept.map(keeps)).toEqual([true, true, true, true])
    expect(keeps({ effectiveDateTime: '2026' })).toBe(true)
    expect(keeps({ effectiveDateTime: '2025-12-31T23:00:00-05:00' })).toBe(true)
    expect(keeps({ effectivePeriod: { start: '2020-01-01' } })).toBe(true)
    expect(keeps({ effectivePeriod: { start: '2024-01-01', end: 'later' } })).toBe(true)
    expect(keeps({ effectiveDateTime: '2020-01-01', effectivePeriod: { start: '2026-02-02' } })).toBe(true)
  })

  it('are kept as far as all uses ask for them', () => {
    const lookback: DateBound = { ...whole, from: [{ anchor: 'end', months: -24, days: 0 }] }
    expect(either([whole], [])).toEqual([])
    expect(either([whole], [{ ...whole, paths: ['issued'] }])).toEqual([])
    expect(either([whole], [lookback])).toEqual([{ ...whole, from: [...whole.from, ...lookback.from] }])
    expect(both([whole], [whole])).toEqual([whole])
  })
})

/** The same place in every group, with and without what cannot matter. Tells how many records were left out. */
async function leavingOut(measure: LoadedMeasure, resources: readonly object[], period: MeasurementPeriod): Promise<number> {
  const kept = resources.filter((resource) => mayMatter(resource as Record<string, unknown>, measure.requirements, period))
  const placed = async (of: readonly object[]): Promise<unknown> => {
    const [result] = await measure.evaluate([{ id: 'one', resources: of.map((one) => JSON.stringify(one)) }], period)
    return [result!.problem, result!.groups.map(({ counts, strata, observations }) => ({ counts, strata, observations }))]
  }
  expect(await placed(kept)).toEqual(await placed(resources))
  return resources.length - kept.length
}

describe('what requirements leave out', () => {
  it('changes nothing for random charts of the starter set', async () => {
    const measures = [...(await starterPackages()).values()].map((pkg) => openCompiler().load(pkg))
    expect(measures.every(({ requirements }) => requirements.some(({ dates }) => dates))).toBe(true)
    let left = 0
    await fc.assert(
      fc.asyncProperty(charts, fc.constantFrom(2024, 2025, 2026, 2027), async ({ resources }, one) => {
        const period = { ...year, start: `${one}-01-01`, end: `${one}-12-31` }
        for (const measure of measures)
          left += await leavingOut(
            measure,
            resources.map((text) => JSON.parse(text) as object),
            period,
          )
      }),
      { numRuns: 100 },
    )
    expect(left).toBeGreaterThan(300)
  }, 120_000)

  const folder = join(process.env.COMMONS_FIXTURES ?? resolve(fileURLToPath(new URL('../../../../../shared', import.meta.url))), 'measures')
  const present = existsSync(folder)
  if (!present) process.stdout.write(`not run: bounds of dates on official decks (no ${folder})\n`)
  it('has its fixtures where they are required', () => expect(present || !process.env.CI).toBe(true))
  if (!present) return
  const read = (file: string): string => gunzipSync(readFileSync(join(folder, file))).toString()

  it.each(readdirSync(folder).filter((name) => /^CMS\d+$/.test(name)))(
    'changes nothing for cases of %s, with the years around them as the period and with dates moved about',
    async (name) => {
      const reading = readPackage(JSON.parse(read(`${name}/package.json.gz`)))
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
      const measure = openCompiler().load(reading.package)
      const cases = read(`${name}/cases.ndjson.gz`).trim().split('\n')
      let [left, seed] = [0, 7]
      const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
      const elsewhere = (text: string): string =>
        text.replace(/"(20\d\d)-(\d\d)-(\d\d)(?=["T])/g, (date, written: string, month: string, day: string) => {
          if (random(3) > 0) return date
          const moved = new Date(Date.UTC(Number(written), Number(month) - 1, Number(day) + random(900) - 450))
          return `"${moved.toISOString().slice(0, 10)}`
        })
      for (const line of cases) {
        const resources = (text: string): object[] => (JSON.parse(text) as { resources: object[] }).resources
        for (const one of [2025, 2026, 2027]) {
          left += await leavingOut(measure, resources(line), { ...year, start: `${one}-01-01`, end: `${one}-12-31` })
        }
        for (let time = 0; time < 3; time++) left += await leavingOut(measure, resources(elsewhere(line)), year)
      }
      expect(left).toBeGreaterThan(0)
    },
    120_000,
  )
})
