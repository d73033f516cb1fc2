import { openDatabase } from '@carecommons/database'
import { loadRegistries } from '@carecommons/domain'
import type { Beginning } from './database.ts'
import { starterSet } from './starter-set.ts'

/** The starter set and the registries in force and nobody there yet. */
export const registriesInForce: Beginning = {
  name: 'commons_registries',
  from: starterSet,
  async fill({ appUrl }) {
    const database = openDatabase(appUrl, { max: 2 })
    await loadRegistries(database).finally(() => database.close())
  },
}
