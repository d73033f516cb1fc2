import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { openPackage } from '../package/open-package.ts'
import { openEnginePool } from '../pool/engine-pool.ts'
import { checkDeck } from './check-deck.ts'
import { readDeck } from './deck-case.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = join(process.env.COMMONS_FIXTURES ?? resolve(repository, '../shared'), 'measures')
const present = existsSync(folder)
if (!present) process.stdout.write(`not run: official decks through the command's code (no ${folder})\n`)
const names = present ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json.gz'))) : []

describe('official decks, as the command checks them', () => {
  it('has its fixtures where they are required', () => expect(present || !process.env.CI).toBe(true))
  if (!present) return
  const pool = openEnginePool({ threads: 1, memoryMb: 1024 })
  afterAll(() => pool.close())

  it.each(names)(
    '%s: every population, stratum and observation is as published',
    async (name) => {
      const reading = await openPackage(readFileSync(join(folder, name, 'package.json.gz')))
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
      const deck = readDeck(gunzipSync(readFileSync(join(folder, name, 'cases.ndjson.gz'))).toString())
      if (!deck.ok) throw new Error(deck.problems.join('\n'))
      const { outcomes } = await checkDeck(pool, reading.package, deck.cases)
      expect(
        outcomes
          .filter(({ verdict }) => verdict === 'failed')
          .map(({ case: one, differences, problem }) => ({ title: one.title, differences, problem })),
      ).toEqual([])
      const undecided = outcomes.filter(({ verdict }) => verdict === 'undecided')
      expect(undecided.every(({ case: one }) => one.disagreements.length > 0)).toBe(true)
      // A deck with a broken expectation fails: the check can fail.
      const [first, ...rest] = deck.cases
      const broken = {
        ...first!,
        expected: first!.expected.map((counts) => ({ ...counts, 'initial-population': 1 - counts['initial-population']! })),
      }
      const again = await checkDeck(pool, reading.package, [broken, ...rest.slice(0, 1)])
      expect(again.outcomes[0]).toMatchObject({ verdict: 'failed', problem: null })
    },
    60_000,
  )
})
