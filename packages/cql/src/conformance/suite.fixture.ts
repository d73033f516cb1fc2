import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evaluateLibrary, type DefinitionOutcome } from '../compiler/evaluate-library.ts'
import type { ElmLibrary, Translation } from '../front-end/translation.ts'
import { translate } from '../front-end/translate.ts'
import { exceptions } from './exceptions.fixture.ts'
import { readExpected } from './expected-value.fixture.ts'
import { sameValue } from './same-value.fixture.ts'

/** The published conformance tests of CQL, by file. */
export interface SuiteTest {
  readonly file: string
  readonly group: string
  readonly name: string
  readonly expression: string
  readonly output?: string
  readonly invalid?: string
}

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = join(process.env.COMMONS_FIXTURES ?? resolve(repository, '../shared'), 'cql-tests')
export const suiteFolder: string | null = existsSync(folder) ? folder : null

export function suiteTests(): SuiteTest[] {
  const files = readdirSync(folder).filter((file) => /^(Cql|Value).*\.json$/.test(file))
  return files.flatMap((file) => {
    const { tests } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { tests: SuiteTest[] }
    return tests.map((test) => ({ ...test, file: file.replace('.json', '') }))
  })
}

/** What is wrong with each test that does not pass, by its key; those that pass are not in it. */
export async function failures(tests: readonly SuiteTest[]): Promise<ReadonlyMap<string, string>> {
  // Whatever the translator refuses makes all that is translated with it go again: what is expected to be refused goes by itself.
  const [usual, odd] = [false, true].map((isOdd) => tests.filter((test) => exceptions.has(testKey(test)) === isOdd)) as [
    SuiteTest[],
    SuiteTest[],
  ]
  const outcomes = await outcomesOf(Object.values(Object.groupBy(usual, ({ file }) => file)) as SuiteTest[][])
  for (const [test, outcome] of await outcomesOf(odd.map((test) => [test]))) outcomes.set(test, outcome)
  // The translator remembers overloads within a library, and one test may so change another: what fails has a second try alone.
  const again = usual.filter((test) => !('refused' in outcomes.get(test)!) && differenceOf(test, outcomes.get(test)!) !== null)
  for (const [test, outcome] of await outcomesOf(again.map((test) => [test]))) outcomes.set(test, outcome)
  const wrong = new Map<string, string>()
  for (const test of tests) {
    const difference = differenceOf(test, outcomes.get(test)!)
    if (difference !== null) wrong.set(testKey(test), difference)
  }
  return wrong
}

const testKey = ({ file, group, name }: SuiteTest): string => `${file} / ${group} / ${name}`

type Outcome = DefinitionOutcome | { readonly ok: false; readonly refused: string }

function differenceOf({ expression, output, invalid }: SuiteTest, outcome: Outcome): string | null {
  if (invalid && !outcome.ok) return null
  if (output === undefined) return invalid ? `${expression} raised nothing and gave ${shown(outcome)}` : null
  if (!outcome.ok) return `${expression} should be ${output} and failed: ${shown(outcome)}`
  return sameValue(readExpected(output), outcome.value) ? null : `${expression} should be ${output} and is ${shown(outcome)}`
}

function shown(outcome: Outcome): string {
  if (outcome.ok)
    return typeof outcome.value === 'bigint'
      ? `${outcome.value}L`
      : String(JSON.stringify(outcome.value, (_, value: unknown) => (typeof value === 'bigint' ? `${value}L` : value)))
  if ('refused' in outcome) return outcome.refused
  return outcome.error instanceof Error ? outcome.error.message : String(outcome.error)
}

/** A library for each group: tests that do not translate are left out and the rest goes again. */
async function outcomesOf(groups: readonly (readonly SuiteTest[])[]): Promise<Map<SuiteTest, Outcome>> {
  const outcomes = new Map<SuiteTest, Outcome>()
  let open = groups
  while (open.some((tests) => tests.length > 0)) {
    const sources = open.map(source)
    const translation = await translate(sources.map(({ text }) => text))
    if (translation.ok) {
      evaluateAll(open, translation.libraries, outcomes)
      return outcomes
    }
    const before = outcomes.size
    for (const problem of translation.problems) {
      const at = sources.findIndex(({ name }) => name === problem.library)
      const test = open[at]?.[sources[at]!.testAt(problem.line)]
      if (test) outcomes.set(test, { ok: false, refused: problem.message })
    }
    if (outcomes.size === before) throw new Error(JSON.stringify(translation.problems))
    open = open.map((tests) => tests.filter((test) => !outcomes.has(test)))
  }
  return outcomes
}

/** A definition a test, and which test a line belongs to. */
function source(tests: readonly SuiteTest[], file: number): { name: string; text: string; testAt: (line: number) => number } {
  const name = `Suite${file}`
  const lines = [`library ${name}`]
  const starts: number[] = []
  for (const [index, { expression }] of tests.entries()) {
    starts.push(lines.length + 1)
    lines.push(...`define T${index}:\n${expression}`.split('\n'))
  }
  return { name, text: lines.join('\n'), testAt: (line) => starts.findLastIndex((start) => start <= line) }
}

const moment = { now: Date.UTC(2026, 5, 15, 10, 30), offsetMinutes: 0 }

function evaluateAll(
  files: readonly (readonly SuiteTest[])[],
  libraries: Extract<Translation, { ok: true }>['libraries'],
  outcomes: Map<SuiteTest, Outcome>,
): void {
  for (const [file, tests] of files.entries()) {
    const library = libraries.find(({ identifier }) => identifier.id === `Suite${file}`)
    for (const [index, test] of tests.entries()) {
      outcomes.set(test, evaluateOne(library!, `T${index}`))
    }
  }
}

/** Alone, so that one definition that cannot be compiled does not take the others with it. */
function evaluateOne(library: ElmLibrary, name: string): Outcome {
  const own = library.statements?.def.filter((definition) => definition.name === name) ?? []
  try {
    return evaluateLibrary({ ...library, statements: { def: own } }, moment).get(name)!
  } catch (error) {
    return { ok: false, refused: error instanceof Error ? error.message : String(error) }
  }
}
