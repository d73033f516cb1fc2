import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildStarterPackages, type MeasurePackage } from '@carecommons/cql'
import { measuresCheckCommand } from './measures-check-command.ts'
import { measuresInspectCommand } from './measures-inspect-command.ts'

type Json = Record<string, unknown>
const folder = mkdtempSync(join(tmpdir(), 'measures-check-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(folder, 'package.json')
const cases = join(folder, 'cases.ndjson')
const person = { resourceType: 'Patient', id: 'p', birthDate: '1970-01-01' }
const counts = { 'initial-population': 0, denominator: 0, 'denominator-exclusion': 0, numerator: 0 }
const deck = { id: 'a', title: 'A', period: { start: '2026-01-01', end: '2026-12-31' }, resources: [person], expected: [counts] }

/** What a check writes, and how it ends. */
async function checked(json?: true): Promise<{ lines: string[]; code: unknown }> {
  const lines: string[] = []
  const { write } = process.stdout
  process.stdout.write = (line) => lines.push(String(line).trimEnd()) > 0
  try {
    await measuresCheckCommand({ package: file, cases, ...(json && { json }) })
    return { lines, code: process.exitCode }
  } finally {
    process.stdout.write = write
    process.exitCode = undefined
  }
}

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

describe('a deck in which a case is broken', () => {
  it('runs all others, and tells the broken one with its line as failed', async () => {
    writeFileSync(file, JSON.stringify(published.bundle))
    const lines = [deck, { ...deck, id: 'b', title: 'B', resources: [person, 7] }, { ...deck, id: 'c', title: 'C' }]
    writeFileSync(cases, lines.map((line) => JSON.stringify(line)).join('\n'))
    const reason = 'Its resource 2 is no FHIR resource: an object was expected.'
    const { lines: told, code } = await checked()
    expect(told.slice(0, 2)).toEqual(['not run b B', `  line 2: ${reason}`])
    expect(told.at(-2)).toMatch(/: 1 of the failed not run: what the deck says of these cases is broken$/)
    expect(told.at(-1)).toMatch(/: 2 passed, 1 failed$/)
    expect(code).toBe(1)
    const [, , third, total] = (await checked(true)).lines.map((line) => JSON.parse(line) as Json)
    expect(third).toEqual({ case: 'b', title: 'B', verdict: 'not run', line: 2, problem: reason })
    expect(total).toMatchObject({ passed: 2, failed: 1, undecided: 0, notRun: 1 })
  })
})

describe('a table of prefixes', () => {
  it('is read from the option, else from the environment, and refused with its name and row', async () => {
    writeFileSync(file, JSON.stringify(published.bundle))
    writeFileSync(cases, JSON.stringify(deck))
    const prefixes = join(folder, 'prefixes.json')
    writeFileSync(prefixes, '[{ "from": "nothing", "to": "https://a.example/" }]')
    const check = measuresCheckCommand({ package: file, cases, prefixes })
    await expect(check).rejects.toThrow(/^--prefixes names .*prefixes\.json, which is no table of prefixes:\n {2}Row 1: Its "from" is not/)
    process.env['COMMONS_PROFILE_PREFIXES'] = join(folder, 'nowhere.json')
    try {
      await expect(measuresCheckCommand({ package: file, cases })).rejects.toThrow(
        /^COMMONS_PROFILE_PREFIXES names .*where there is no file/,
      )
      writeFileSync(prefixes, '[{ "from": "https://b.example/", "to": "https://a.example/" }]')
      process.env['COMMONS_PROFILE_PREFIXES'] = prefixes
      const total = JSON.parse((await checked(true)).lines.at(-1)!) as Json
      expect(total).toMatchObject({ engine: expect.stringMatching(/^carecommons \d+\+prefixes\.[0-9a-f]{12}$/), passed: 1 })
    } finally {
      delete process.env['COMMONS_PROFILE_PREFIXES']
    }
  })
})
