import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { callExport } from './call-export.ts'
import type { Guard } from './guard.ts'

const asker = 'test/support/pending-schema-changes.ts'

/** What the entities declare is what the migrations build: the difference between them is no statement at all. */
export const migrationsInStep: Guard = {
  name: 'migrations-in-step',
  absent: (root) => (existsSync(join(root, 'packages/database/src/index.ts')) ? undefined : 'packages/database has no sources yet'),
  run: async (root) => {
    const answer = await callExport<string[]>(join(root, asker), 'pendingSchemaChanges')
    if ('missing' in answer) return [`${asker}: does not export pendingSchemaChanges(): Promise<string[]>`]
    if ('broken' in answer) return [`${asker}: broke: ${answer.broken}`]
    return answer.value.map((statement) => `${asker}: no migration yet for: ${statement}`)
  },
}
