// What a practice is told of the others tells no count of any of them, in regions of one to five practices.
import { newId } from '@carecommons/kernel'
import fc from 'fast-check'
import { Client } from 'pg'
import { wilsonInterval } from '@carecommons/kernel'
import { openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let login: Client
const others: string[] = []
beforeAll(async () => {
  api = await openTestApi()
  login = new Client(api.appUrl)
  await login.connect()
  others.push(api.world.practices.birch, api.world.practices.cedar, newId(), newId())
  for (const id of others.slice(2))
    await api.sql(
      `insert into organization (id, region_id, kind, name, slug, created_at, active_since) values ($1, $2, 'practice', $3, $3, now(), now())`,
      [id, api.world.regionId, id],
    )
})
afterAll(async () => {
  await login.end()
  await api.close()
})

interface Counted {
  readonly of: number
  readonly hits: number
}

const MEASURE = 'control'

/** Makes these the published scores: Alder's, the others' in their order, and the region's as their sum. */
async function plant(own: Counted, rest: readonly Counted[]): Promise<void> {
  const all = [own, ...rest]
  const sum = (part: keyof Counted) => all.reduce((total, one) => total + one[part], 0)
  const rows = [
    ...all.map((one, index) => ({ ...one, id: [api.world.practices.alder, ...others][index]! })),
    { id: null, of: sum('of'), hits: sum('hits') },
  ]
  await api.sql('delete from score where measure_id = $1', [MEASURE])
  await api.sql(
    `insert into score (id, run_id, practice_id, measure_id, group_index, initial_population, denominator, denominator_exclusion, denominator_exception, numerator)
     select uuidv7(), $1, practice, $2, 0, people, people, 0, 0, hits from unnest($3::uuid[], $4::int[], $5::int[]) t (practice, people, hits)`,
    [api.world.runId, MEASURE, rows.map(({ id }) => id), rows.map(({ of }) => of), rows.map(({ hits }) => hits)],
  )
}

/** Everything of scores that Alder's people reach with SQL as their role. */
async function seenAsRole(): Promise<string> {
  await login.query('begin')
  try {
    await login.query(`set local role commons_practice; select set_config('commons.practice_id', '${api.world.practices.alder}', true),
                       set_config('commons.organization_id', '${api.world.practices.alder}', true)`)
    const ask = async (sql: string) => (await login.query(sql)).rows
    return JSON.stringify([
      await ask(`select practice_id, denominator, numerator from score where measure_id = '${MEASURE}'`),
      await ask(`select * from commons_region_rates('${api.world.runId}') where measure_id = '${MEASURE}'`),
      await ask(`select * from commons_peer_rates('${api.world.runId}', '${MEASURE}')`),
    ])
  } finally {
    await login.query('rollback')
  }
}

async function seenOverGraphql(): Promise<{ region: { rate: number } | null; peers: number[] }> {
  const { data, errors } = await (
    await api.signedIn('alderClinician')
  ).ask('{ practice { comparisons { measure { id } region { rate interval { low high } } peers } } }')
  expect(errors).toEqual([])
  return data.practice.comparisons.find((one: { measure: { id: string } }) => one.measure.id === MEASURE)
}

const counted = fc.integer({ min: 11, max: 400 }).chain((of) => fc.record({ of: fc.constant(of), hits: fc.integer({ min: 0, max: of }) }))

test('a practice cannot work out the counts of another one, in regions of any size', async () => {
  const told = { some: 0, none: 0 }
  await fc.assert(
    fc.asyncProperty(counted, fc.array(counted, { minLength: 1, maxLength: 4 }), async (own, rest) => {
      await plant(own, rest)
      const seen = await seenAsRole()
      const isTold = (JSON.parse(seen) as unknown[][])[1]!.length > 0
      told[isTold ? 'some' : 'none']++
      // The same is told, or nothing, where this practice and others, none of which is known, have other counts. The likely ones
      // are worked out here, the database judges them.
      const likely = saidOf(own, rest)
      for (const candidate of candidates(rest)) {
        if (saidOf(own, candidate) !== likely) continue
        await plant(own, candidate)
        if ((await seenAsRole()) === seen) return
      }
      throw new Error(`${JSON.stringify(rest[0])} follows from ${seen}`)
    }),
    { numRuns: 40, seed: 11 },
  )
  expect(Math.min(told.some, told.none)).toBeGreaterThan(5)
}, 60_000)

/** Other counts of the first, with any counts of the second and third that nobody told either. */
function* candidates([first, second, third, ...remaining]: readonly Counted[]): Generator<Counted[]> {
  for (const other of near(first!))
    if (other.of !== first!.of)
      for (const another of second ? near(second) : [null])
        for (const last of third ? near(third) : [null]) yield [other, ...(another ? [another] : []), ...(last ? [last] : []), ...remaining]
}

/** These counts, and such of a few people more or less. */
function* near({ of, hits }: Counted): Generator<Counted> {
  for (let step = 0; step < 60; step++) {
    const people = of + (step % 2 === 0 ? 1 : -1) * ((step + 1) >> 1)
    if (people >= 11) yield { of: people, hits: Math.round((hits / of) * people) }
  }
}

/** What the rule says: three others, none over 80 % of theirs; whole percents, and an interval out to the next five. */
function saidOf(own: Counted, rest: readonly Counted[]): string {
  const ofOthers = rest.reduce((sum, { of }) => sum + of, 0)
  if (rest.length < 3 || Math.max(...rest.map(({ of }) => of)) > 0.8 * ofOthers) return 'nothing'
  const n = own.of + ofOthers
  const share = rest.reduce((sum, { hits }) => sum + hits, own.hits) / n
  const { low, high } = wilsonInterval(share * n, n)
  return [
    Math.round(share * 100),
    Math.floor(low * 20),
    Math.ceil(high * 20),
    ...rest.map(({ of, hits }) => Math.round((hits / of) * 100)).sort(),
  ].join(' ')
}

test('over GraphQL: nothing of the region below three others or when one of them is most of it, else rates in whole percent', async () => {
  const own = { of: 40, hits: 20 }
  const [a, b, c] = [
    { of: 30, hits: 10 },
    { of: 50, hits: 21 },
    { of: 44, hits: 4 },
  ]
  for (const rest of [[], [a], [a, b], [a, b, { of: 10, hits: 9 }], [a, b, { of: 1000, hits: 9 }]]) {
    await plant(own, rest)
    expect({ rest, seen: await seenOverGraphql() }).toEqual({ rest, seen: expect.objectContaining({ region: null, peers: [] }) })
  }
  await plant(own, [a, b, c])
  // 55 of 164; Wilson 0.267 to 0.411.
  expect(await seenOverGraphql()).toMatchObject({ region: { rate: 0.34, interval: { low: 0.25, high: 0.45 } }, peers: [0.09, 0.33, 0.42] })
})
