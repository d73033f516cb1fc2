import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { callExport } from './call-export.ts'
import type { Guard } from './guard.ts'

const printer = 'services/api/src/print-schema.ts'
const snapshot = 'services/api/schema.graphql'
const update = 'to update it, read the difference and run: node --import ./scripts/typescript.mjs scripts/print-schema.ts'

/** The committed GraphQL schema is the one the code makes, so that every change of the contract shows in review. */
export const schemaSnapshot: Guard = {
  name: 'schema-snapshot',
  absent: (root) => (existsSync(join(root, 'services/api/src/index.ts')) ? undefined : 'services/api has no sources yet'),
  run: async (root) => {
    if (!existsSync(join(root, printer))) return [`${printer}: missing; it must export printedSchema(): string`]
    const answer = await callExport<string>(join(root, printer), 'printedSchema')
    if ('missing' in answer) return [`${printer}: does not export printedSchema(): string`]
    if ('broken' in answer) return [`${printer}: broke: ${answer.broken}`]
    if (!existsSync(join(root, snapshot))) return [`${snapshot}: missing; ${update}`]
    const difference = firstDifference(readFileSync(join(root, snapshot), 'utf8').trim().split('\n'), answer.value.trim().split('\n'))
    return difference ? [`${snapshot}:${difference}; ${update}`] : []
  },
}

function firstDifference(committed: readonly string[], printed: readonly string[]): string | undefined {
  const length = Math.max(committed.length, printed.length)
  const index = Array.from({ length }, (_, line) => line).find((line) => committed[line] !== printed[line])
  if (index === undefined) return undefined
  return `${index + 1}: committed '${committed[index] ?? '(end)'}', the code says '${printed[index] ?? '(end)'}'`
}
