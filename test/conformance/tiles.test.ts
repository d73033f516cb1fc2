// A figure is the same wherever it stands: on its tile, in the list behind it, in the file and in the API; with labelled records, by the rule said here.
import { type LabelledRegion, labelledRegion } from './tiles/labelled-region.ts'
import { tilesOfPayer, tilesOfRegion } from './tiles/of-others.ts'
import { tilesOfPractice } from './tiles/of-practice.ts'
import type { Tile } from './tiles/tile.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261123)
const TILES = 200

let region: LabelledRegion
beforeAll(async () => void (region = await labelledRegion()), 300_000)
afterAll(() => region?.close())

/** Park and Miller's minimal standard. */
let random = SEED % 2_147_483_647
const below = (most: number): number => (random = (random * 48_271) % 2_147_483_647) % most

test(`${TILES} tiles say what the list, the file and the records behind them say (seed ${SEED})`, async () => {
  const practices = (await region.sql<{ id: string }>('select distinct practice_id as id from patient order by 1')).map(({ id }) => id)
  const payers = await region.sql<{ id: string }>('select distinct payer_id as id from payer_performance where not hidden order by 1')
  const apart = practices.map(() => new Set<string>())
  const tiles = [
    ...(await Promise.all(practices.map((id, n) => tilesOfPractice(region, id, apart[n]!)))).flat(),
    ...(await tilesOfRegion(region, practices)),
    ...(await Promise.all(payers.map(({ id }) => tilesOfPayer(region, id)))).flat(),
  ]
  // Of every kind some, and then whatever comes.
  const drawn: Tile[] = []
  for (const of of Map.groupBy(tiles, ({ kind }) => kind).values())
    for (let n = 0; n < 12 && of.length > 0; n++) drawn.push(...of.splice(below(of.length), 1))
  const rest = tiles.filter((tile) => !drawn.includes(tile))
  while (drawn.length < TILES) drawn.push(...rest.splice(below(rest.length), 1))
  expect(new Set(drawn.map(({ kind }) => kind)).size).toBe(9)

  for (const { kind, name, shown, elsewhere } of drawn) {
    const found = await elsewhere()
    expect({ kind, name, ...found }).toEqual({ kind, name, ...Object.fromEntries(Object.keys(found).map((where) => [where, shown])) })
  }
  // Nothing is withheld where everybody agreed, and something where not.
  const [some, none, most] = apart.map(({ size }) => size)
  expect(none).toBe(0)
  expect(some).toBeGreaterThan(0)
  expect(most).toBeGreaterThan(0)
}, 120_000)
