import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  coveragePeriods,
  findFiles,
  parseResource,
  type ParsedResource,
  type PayerEvidence,
  readLines,
  readPracticesBy,
  type Rejected,
} from '@carecommons/interop'
import { isRefusal } from '@carecommons/kernel'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const fixtures = join(process.env.COMMONS_FIXTURES ?? resolve(repository, '../shared'), 'data')
const present = existsSync(fixtures)
if (!present) console.info(`not run: sample populations (no ${fixtures})`)

test('the sample populations are there where they are required', () => expect(present || !process.env.CI).toBe(true))

const describePresent = present ? describe : describe.skip

describePresent.each(['synthea-small', 'synthea-practices'])('%s', (set) => {
  const folder = join(fixtures, set)

  test('every line is accepted, and each type has the published count', async () => {
    const { counts } = JSON.parse(readFileSync(join(folder, '_counts.json'), 'utf8')) as { counts: Record<string, number> }
    const found: Record<string, number> = {}
    const rejected: Rejected[] = []
    for await (const resource of resources(folder)) {
      if ('rejected' in resource) rejected.push(resource)
      else found[resource.type] = (found[resource.type] ?? 0) + 1
    }
    expect(rejected.slice(0, 5)).toEqual([])
    expect(found).toEqual(counts)
  }, 120_000)

  test('every patient has a practice in the CSV', async () => {
    const practices = await readPracticesBy(join(folder, 'practice_by_last_wellness_visit.csv'))
    if (isRefusal(practices)) throw new Error(practices.message)
    expect(practices.faults).toEqual([])
    for await (const patient of resources(folder, 'Patient')) expect(practices.byPatient.has((patient as ParsedResource).id)).toBe(true)
  })
})

describePresent('payers of synthea-practices', () => {
  test('claims and benefits give every patient periods that follow each other', async () => {
    const evidence = new Map<string, PayerEvidence[]>()
    for (const type of ['Claim', 'ExplanationOfBenefit'])
      for await (const resource of resources(join(fixtures, 'synthea-practices'), type)) {
        const { patientId, payers } = resource as ParsedResource
        evidence.set(patientId!, [...(evidence.get(patientId!) ?? []), ...payers])
      }
    expect(evidence.size).toBe(615)
    const last = new Map<string, number>()
    for (const all of evidence.values()) {
      const periods = coveragePeriods(all)
      periods.forEach((period, i) => expect(i === 0 || periods[i - 1]!.to! < period.from).toBe(true))
      last.set(periods.at(-1)!.payerKey, (last.get(periods.at(-1)!.payerKey) ?? 0) + 1)
    }
    expect([...last.keys()].sort()).toEqual(['dual_eligible', 'medicaid', 'medicare', 'private', 'uninsured'])
    expect([...last.values()].reduce((sum, count) => sum + count)).toBe(615)
  }, 60_000)
})

async function* resources(folder: string, type?: string): AsyncGenerator<ParsedResource | Rejected> {
  const files = await findFiles([folder])
  if (isRefusal(files)) throw new Error(files.message)
  for (const file of files)
    if (!type || file.type === type)
      for await (const lines of readLines(file.path)) for (const line of lines) yield parseResource(line.bytes!)
}
