import { Client } from 'pg'
import { runCommons } from '../../support/commons.ts'
import { testDatabase } from '../../support/database.ts'
import { starterSet } from '../../support/starter-set.ts'
import { askOracle } from './oracle.ts'

/** A region with a population in it and its measures of one year published by the real worker; the oracle's tables stand beside. */
export interface MeasuredRegion {
  /** SQL as the owner, behind all walls, in the session that holds the oracle's tables. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function measuredRegion(year: number, fill: readonly string[]): Promise<MeasuredRegion> {
  const database = await testDatabase(starterSet)
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  const region: MeasuredRegion = {
    sql: async <Row>(text: string, values: readonly unknown[] = []) => (await owner.query(text, [...values])).rows as Row[],
    async close() {
      await owner.end()
      await database.drop()
    },
  }
  try {
    await runCommons(fill, database.env)
    await runCommons(['measures', 'run', '--year', String(year)], database.env)
    const [own] = await region.sql<{ timeZone: string }>('select time_zone as "timeZone" from region')
    await askOracle(region, { start: `${year}-01-01`, end: `${year}-12-31`, timeZone: own!.timeZone })
    return region
  } catch (error) {
    await region.close()
    throw error
  }
}
