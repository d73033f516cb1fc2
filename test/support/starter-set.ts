import { openDatabase } from '@carecommons/database'
import { loadStarterSet } from '@carecommons/domain'
import type { Beginning } from './database.ts'

/** The starter set in force and nobody there yet: translated from CQL once for a run, which takes seconds. */
export const starterSet: Beginning = {
  name: 'commons_starter_set',
  async fill({ appUrl }) {
    const database = openDatabase(appUrl, { max: 2 })
    await loadStarterSet(database).finally(() => database.close())
  },
}
