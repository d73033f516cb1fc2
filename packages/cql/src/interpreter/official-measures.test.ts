import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { readPackage } from '../index.ts'
import { openInterpreter } from './interpreter.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = join(process.env.COMMONS_FIXTURES ?? resolve(repository, '../shared'), 'measures')
const present = existsSync(folder)
if (!present) process.stdout.write(`not run: official measures (no ${folder})\n`)

/** Published measures whose test cases do not depend on profiles. */
const names = ['CMS122', 'CMS165', 'CMS138', 'CMS951', 'CMS130', 'CMS125', 'CMS139', 'CMS159', 'CMS50']

interface Case {
  readonly title: string
  readonly period: { readonly start: string; readonly end: string }
  readonly resources: readonly object[]
  readonly expected: readonly Record<string, number>[]
}

const lines = (file: string): string[] =>
  gunzipSync(readFileSync(join(folder, file)))
    .toString()
    .trim()
    .split('\n')

describe('official measures', () => {
  it('has its fixtures where they are required', () => expect(present || !process.env.CI).toBe(true))
  if (!present) return

  it.each(names)(
    '%s gives the published populations',
    async (name) => {
      const reading = readPackage(JSON.parse(lines(`${name}/package.json.gz`).join('\n')))
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
      const measure = openInterpreter().load(reading.package)
      for (const { title, period, resources, expected } of lines(`${name}/cases.ndjson.gz`).map((line) => JSON.parse(line) as Case)) {
        const chart = { id: title, resources: resources.map((resource) => JSON.stringify(resource)) }
        const days = { start: period.start.slice(0, 10), end: period.end.slice(0, 10), offsetMinutes: 0 }
        const [result] = await measure.evaluate([chart], days)
        expect(result).toMatchObject({ chartId: title, problem: null, groups: expected.map((populations) => ({ populations })) })
      }
    },
    60_000,
  )
})
