import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { openCompiler, readPackage } from '@carecommons/cql'
import { generateRegion } from '@carecommons/demo'

const folder = resolve(process.env.COMMONS_FIXTURES ?? join(import.meta.dirname, '../../../shared'), 'measures')
const present = existsSync(folder)
if (!present) process.stdout.write(`not run: published measures on the demo region (no ${folder})\n`)

const PATIENTS = 500
const PERIOD = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: -300 } as const

/** Of everybody how many are asked about, and the rate among them: from, to. Wide, for the region is a small one. */
const BELIEVABLE: Readonly<Record<string, { readonly asked: [number, number]; readonly rate: [number, number] }>> = {
  // Diabetics in care, most of them below 9 %.
  CMS122: { asked: [0.06, 0.16], rate: [0.05, 0.4] },
  CMS165: { asked: [0.15, 0.35], rate: [0.5, 0.9] },
  CMS951: { asked: [0.06, 0.18], rate: [0.3, 0.85] },
  CMS130: { asked: [0.2, 0.45], rate: [0.35, 0.85] },
  CMS125: { asked: [0.1, 0.25], rate: [0.4, 0.9] },
  CMS139: { asked: [0.1, 0.45], rate: [0.4, 0.95] },
}

describe('measures as published, on the demo region', () => {
  it('has its fixtures where they are required', () => expect(present || !process.env.CI).toBe(true))
  if (!present) return
  const engine = openCompiler()
  const region = generateRegion({ practices: 4, patients: PATIENTS, seed: 3, asOf: '2026-11-21' })
  const charts = [...region.charts].map(({ patientId, lines }) => ({ id: patientId, resources: lines.map(({ json }) => json) }))

  it.each(Object.entries(BELIEVABLE))('%s asks about a believable share and finds a believable rate', async (name, { asked, rate }) => {
    const text = gunzipSync(readFileSync(join(folder, name, 'package.json.gz'))).toString()
    const reading = readPackage(JSON.parse(text))
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
    const results = await engine.load(reading.package).evaluate(charts, PERIOD)
    expect(results.filter(({ problem }) => problem !== null)).toEqual([])
    const sum = (code: 'initial-population' | 'denominator' | 'denominator-exclusion' | 'numerator') =>
      results.reduce((total, { groups }) => total + groups[0]!.populations[code], 0)
    const share = sum('initial-population') / PATIENTS
    const found = sum('numerator') / (sum('denominator') - sum('denominator-exclusion'))
    for (const [value, [from, to]] of [[share, asked] as const, [found, rate] as const]) {
      expect(value).toBeGreaterThan(from)
      expect(value).toBeLessThan(to)
    }
  })
})
