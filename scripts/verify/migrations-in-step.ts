import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { callExport } from './call-export.ts'
import type { Guard } from './guard.ts'

const door = 'packages/database/src/index.ts'

/** What the entities declare is what the migrations build: the difference between them is no statement at all. */
export const migrationsInStep: Guard = {
  name: 'migrations-in-step',
  absent: (root) => (existsSync(join(root, door)) ? undefined : 'packages/database has no sources yet'),
  run: async (root) => {
    const answer = await callExport<string[]>(join(root, door), 'pendingSchemaChanges')
    if ('missing' in answer) return [`${door}: does not export pendingSchemaChanges(): Promise<string[]>`]
    if ('broken' in answer) return [`${door}: broke: ${answer.broken}`]
    return answer.value.map((statement) => `${door}: no migration yet for: ${statement}`)
  },
}
