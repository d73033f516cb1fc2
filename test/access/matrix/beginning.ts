import { Client } from 'pg'
import type { Beginning } from '../../support/database.ts'
import { plantSessions, plantSystems } from '../../support/standing-sessions.ts'
import { knownWorld, world } from '../../support/world.ts'
import { plantOpenings } from './openings.ts'

/** The known world with one of everything in it, and everybody signed in: planted once for a run. */
export const matrixBeginning: Beginning = {
  name: 'commons_matrix',
  async fill(database) {
    await knownWorld.fill(database)
    const theWorld = await world(database)
    const owner = new Client(database.ownerUrl)
    await owner.connect()
    try {
      const behind = {
        world: theWorld,
        sql: async (text: string, values: readonly unknown[] = []) => (await owner.query(text, [...values])).rows,
      }
      await plantSystems(behind)
      await plantSessions(behind)
      await plantOpenings(behind)
    } finally {
      await owner.end()
      await theWorld.close()
    }
  },
}
