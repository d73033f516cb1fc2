import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildStarterPackages, type MeasurePackage } from '@carecommons/cql'
import { measuresCheckCommand } from './measures-check-command.ts'
import { measuresInspectCommand } from './measures-inspect-command.ts'

type Json = Record<string, unknown>
const folder = mkdtempSync(join(tmpdir(), 'unknown-node-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(folder, 'package.json')
const cases = join(folder, 'cases.ndjson')
const person = { resourceType: 'Patient', id: 'p', birthDate: '1970-01-01' }
const counts = { 'initial-population': 0, denominator: 0, 'denominator-exclusion': 0, numerator: 0 }
const deck = { id: 'a', title: 'A', period: { start: '2026-01-01', end: '2026-12-31' }, resources: [person], expected: [counts] }

let published: MeasurePackage
beforeAll(async () => {
  published = (await buildStarterPackages())[0]!
})

/** A published package in whose first population's definition stands another node. */
function tampered(type: string): void {
  const bundle = structuredClone(published.bundle) as unknown as { entry: { resource: Json }[] }
  const library = bundle.entry.map(({ resource }) => resource).find(({ resourceType }) => resourceType === 'Library') as unknown as {
    content: { contentType: string; data: string }[]
  }
  const content = library.content.find(({ contentType }) => contentType === 'application/elm+json')!
  const elm = JSON.parse(Buffer.from(content.data, 'base64').toString()) as {
    library: { statements: { def: { name: string; expression: Json }[] } }
  }
  elm.library.statements.def.find(({ name }) => name === 'Initial Population')!.expression = { type, operand: [{ type: 'Null' }] }
  content.data = Buffer.from(JSON.stringify(elm)).toString('base64')
  writeFileSync(file, JSON.stringify(bundle))
  writeFileSync(cases, `${JSON.stringify(deck)}\n`)
}

describe('a package with a node that is no ELM, or one that is not supported', () => {
  it.each(['Frobnicate', 'Search'])('%s is refused by check and inspect with measure, definition and node', async (type) => {
    tampered(type)
    const words = new RegExp(`[\\s\\S]*"?Initial Population"?[\\s\\S]*${type}`)
    await expect(measuresInspectCommand({ package: file })).rejects.toThrow(words)
    await expect(measuresCheckCommand({ package: file, cases })).rejects.toThrow(words)
  })
})
