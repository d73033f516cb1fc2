import { loginsFor, migrate, schemaChanges } from '@carecommons/database'
import { openTestCluster } from './cluster.ts'

/** What a migrated database still lacks of what the entities declare, as SQL statements. */
export async function pendingSchemaChanges(): Promise<string[]> {
  const cluster = await openTestCluster()
  try {
    await migrate(cluster.url, loginsFor(cluster.url, ''))
    return await schemaChanges(cluster.url)
  } finally {
    await cluster.close()
  }
}
