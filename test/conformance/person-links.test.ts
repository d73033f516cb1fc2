// Which charts are one person's follows from what their newest versions say, in whichever order these came.
import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { openRegion, type Region } from './import/region.ts'
import { folderOf, patient, type Resource } from './import/resources.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261123)
const PRACTICES = ['ash', 'birch', 'cedar'] as const

let region: Region
beforeAll(async () => void (region = await openRegion()), 60_000)
afterAll(() => region?.close())

/** What a version of a chart says of whose it is. */
interface Said {
  readonly chart: number
  readonly numbers: readonly number[]
  readonly born: number
}

const keysOf = ({ numbers, born }: Said): string[] => numbers.map((number) => `${number} ${born}`)

/** The oracle: charts linked by a shared key are put together until nothing is. */
function people(newest: ReadonlyMap<number, Said>): number[][] {
  const groups = [...newest.values()].map((said) => ({ charts: [said.chart], keys: new Set(keysOf(said)) }))
  for (let i = 0; i < groups.length; i++)
    for (let j = i + 1; j < groups.length; j++) {
      if ([...groups[j]!.keys].every((key) => !groups[i]!.keys.has(key))) continue
      const [joined] = groups.splice(j, 1)
      groups[i] = { charts: [...groups[i]!.charts, ...joined!.charts], keys: new Set([...groups[i]!.keys, ...joined!.keys]) }
      j = i
    }
  return groups.map(({ charts }) => charts.toSorted((a, b) => a - b)).toSorted((a, b) => a[0]! - b[0]!)
}

const said = fc.record({
  chart: fc.nat(6),
  numbers: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
  born: fc.nat({ max: 1 }),
})
const batches = fc.array(fc.uniqueArray(said, { selector: ({ chart }) => chart, minLength: 1, maxLength: 4 }), {
  minLength: 2,
  maxLength: 6,
})

/** Numbers and ids of each round are its own: all rounds share a region. */
const versionOf = (round: number, { chart, numbers, born }: Said): Resource =>
  patient(`r${round}-${chart}`, {
    birthDate: `195${born}-02-03`,
    identifier: [
      { system: 'http://example.org/mrn', value: `${round}` },
      ...numbers.map((number) => ({ system: `http://hl7.org/fhir/sid/${number % 2 ? 'us-ssn' : 'us-mbi'}`, value: `${round}-${number}` })),
    ],
    managingOrganization: { reference: `Organization/${PRACTICES[chart % 3]}`, display: `Practice ${PRACTICES[chart % 3]}` },
  })

async function send(resources: readonly Resource[], practice?: string): Promise<void> {
  const folder = folderOf({ 'Patient.ndjson': resources })
  expect(await region.import(folder, practice === undefined ? {} : { practice })).toMatchObject({ reports: [] })
  rmSync(folder, { recursive: true })
}

async function linked(round: number): Promise<number[][]> {
  const rows = await region.sql<{ charts: string[] }>(
    `select array_agg(split_part(fhir_id, '-', 2) order by fhir_id) as charts from patient where fhir_id like $1 group by person_id order by min(fhir_id)`,
    [`r${round}-%`],
  )
  return rows.map(({ charts }) => charts.map(Number))
}

test(`after every correction the links are those of the identifiers that stand (seed ${SEED})`, async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(batches, async (sent) => {
      round++
      const newest = new Map<number, Said>()
      for (const batch of sent) {
        for (const one of batch) newest.set(one.chart, one)
        await send(batch.map((one) => versionOf(round, one)))
        expect(await linked(round)).toEqual(people(newest))
      }
    }),
    { seed: SEED, numRuns: 12 },
  )
  expect(await region.sql('select from person where id not in (select person_id from patient)')).toEqual([])
  expect(await region.sql('select from person_key k where not exists (select from patient p where p.id = k.patient_id) limit 1')).toEqual(
    [],
  )
}, 180_000)

test('a practice that corrects its own chart moves links to charts that it cannot see', async () => {
  const round = 1000
  const version = (chart: number, ...numbers: number[]): Said => ({ chart, numbers, born: 0 })
  await send([version(0, 1), version(1, 1), version(2, 3)].map((one) => versionOf(round, one)))
  expect(await linked(round)).toEqual([[0, 1], [2]])
  await send([versionOf(round, version(0, 3))], 'practice-ash')
  expect(await linked(round)).toEqual([[0, 2], [1]])
  await send([versionOf(round, version(0, 1, 3))], 'practice-ash')
  expect(await linked(round)).toEqual([[0, 1, 2]])
  await send([versionOf(round, version(0))], 'practice-ash')
  expect(await linked(round)).toEqual([[0], [1], [2]])
})
