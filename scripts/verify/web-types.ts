import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'
import { repository } from './tool.ts'

/** Writes web/.cache/schema.d.ts from the committed GraphQL schema: the web's documents are typed by it, and it is never committed. */
export async function generateWebTypes(): Promise<void> {
  const cwd = join(repository, 'web')
  const command = join(cwd, 'node_modules/.bin/gql.tada')
  if (!existsSync(command) || !existsSync(join(repository, 'services/api/schema.graphql'))) return
  const { code, stdout, stderr } = await runProgram(command, ['generate-output'], { cwd })
  if (code !== 0) throw new Error(`The web's types could not be generated from services/api/schema.graphql:\n${stdout}${stderr}`)
}
