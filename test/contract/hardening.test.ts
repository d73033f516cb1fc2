// Every attack and fault that the product has to survive is a test somewhere, named by its number in the list of the design.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '../..')

/** Isolation, GraphQL and HTTP, and of the other chapters what concerns the walls. */
const CASES: Readonly<Record<number, string>> = {
  1: "another practice's chart answers like a random id, in the same time",
  2: 'the same for every type and every mutation of the schema',
  3: 'nested edges show what the list shows',
  4: 'foreign ids inside an own mutation',
  5: 'a tenant key in an input',
  7: 'sorting and filtering on fields that may not be read',
  9: 'counts and pages count what is seen',
  11: 'a record number that exists elsewhere',
  13: 'an assignment that ended',
  15: '500 interleaved requests over two connections',
  16: 'administration by ordinary users',
  17: 'a hidden field by every path',
  19: 'breaking the glass',
  20: 'the coordinator and patients',
  21: 'the payer and patients',
  22: 'small cells',
  27: 'links to exports',
  28: 'aliases',
  29: 'depth and circles',
  30: 'cost, before the database',
  32: 'introspection and suggestions',
  34: 'requests from elsewhere with our cookie',
  37: 'rates over two processes',
  38: 'strings that are meant as SQL',
  41: 'cells that a spreadsheet would run',
  42: 'what errors tell',
  43: 'forged tokens',
  44: 'SMART backend services',
  46: 'sessions',
  60: 'one effect per idempotency key',
  71: 'one audit row for each look',
  72: 'refusing to start',
  73: 'either wall alone',
}

const files = globSync(['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'test/*/**/*.test.ts'], { cwd: repository })
const named = new Map<number, Set<string>>()
for (const file of files.filter((path) => !path.includes('planted/')))
  for (const [, numbers] of readFileSync(join(repository, file), 'utf8').matchAll(
    /(?:test|describe)(?:\.each\([^]*?\))?\(\s*["'`]hardening ([\d, ]+):/g,
  ))
    for (const number of numbers!.split(',').map(Number)) named.set(number, (named.get(number) ?? new Set()).add(file))

test.each(Object.entries(CASES))('hardening %s, %s, has a test of its name', (number) => {
  expect([...(named.get(Number(number)) ?? [])]).not.toEqual([])
})

test('the index', () => {
  const lines = Object.entries(CASES).map(
    ([number, what]) => `${number} ${what}: ${[...(named.get(Number(number)) ?? [])].sort().join(', ')}`,
  )
  expect(lines.length).toBe(Object.keys(CASES).length)
  if (process.env['COMMONS_INDEX']) process.stderr.write(`${lines.join('\n')}\n`)
})
