import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { openCompiler, readPackage } from '../index.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = join(process.env.COMMONS_FIXTURES ?? resolve(repository, '../shared'), 'measures')
const present = existsSync(folder)
if (!present) process.stdout.write(`not run: official decks (no ${folder})\n`)

interface Case {
  readonly id: string
  readonly title: string
  readonly period: { readonly start: string; readonly end: string }
  readonly resources: readonly object[]
  readonly expected: readonly Record<string, number>[]
  readonly notes?: { readonly fqmDisagrees?: unknown }
}

const lines = (file: string): string[] =>
  gunzipSync(readFileSync(join(folder, file)))
    .toString()
    .trim()
    .split('\n')

describe('the compiler on official decks', () => {
  it('has its fixtures where they are required', () => expect(present || !process.env.CI).toBe(true))
  if (!present) return
  const engine = openCompiler()

  // One engine with one setting for all of them: profiles honoured where they say "not done", never needed where a code says it.
  it.each(readdirSync(folder).filter((name) => /^CMS\d+$/.test(name)))(
    '%s gives the published populations of every decided case',
    async (name) => {
      const reading = readPackage(JSON.parse(lines(`${name}/package.json.gz`).join('\n')))
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
      const measure = engine.load(reading.package)
      const cases = lines(`${name}/cases.ndjson.gz`).map((line) => JSON.parse(line) as Case)
      expect(cases.length).toBeGreaterThan(10)
      for (const { title, period, resources, expected } of cases.filter(({ notes }) => !notes?.fqmDisagrees)) {
        const chart = { id: title, resources: resources.map((resource) => JSON.stringify(resource)) }
        const days = { start: period.start.slice(0, 10), end: period.end.slice(0, 10), offsetMinutes: 0 }
        const [result] = await measure.evaluate([chart], days)
        expect(result).toMatchObject({ chartId: title, problem: null, groups: expected.map((populations) => ({ populations })) })
        // Whoever is left out is told for which records, also where a library that the measure includes decides it.
        const unexplained = result!.groups.filter(
          ({ populations, evidence }) => populations['denominator-exclusion'] > 0 && evidence.length === 0,
        )
        expect(unexplained).toEqual([])
      }
    },
    60_000,
  )
})
