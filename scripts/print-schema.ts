// Writes services/api/schema.graphql anew, after a wanted change of the GraphQL contract.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { callExport } from './verify/call-export.ts'
import { repository } from './verify/tool.ts'

const answer = await callExport<string>(join(repository, 'services/api/src/print-schema.ts'), 'printedSchema')
if (!('value' in answer))
  throw new Error('broken' in answer ? answer.broken : 'services/api/src/print-schema.ts does not export printedSchema()')
writeFileSync(join(repository, 'services/api/schema.graphql'), `${answer.value.trim()}\n`)
console.log('Wrote services/api/schema.graphql')
