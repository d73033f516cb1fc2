// Hours of shared staff go where the need is: nothing in allocation reads who pays. Shown by its text, and by what a problem can name at all.
import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('../../packages/domain/src/modules/allocation/', import.meta.url)
const sourcesIn = (folder: URL) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
const sources = sourcesIn(FOLDER)
/** Where a problem is told from the region, and what becomes of plans. */
const plans = sourcesIn(new URL('../workforce/plans/', FOLDER))
/** Of other modules, what plans may ask: none of it reads who pays. */
const PLANS_MAY_IMPORT = ['#modules/allocation', '#modules/audit', '#modules/practice', '#modules/work']

/** What else allocation may ask. */
const MAY_IMPORT = ['highs', 'node:worker_threads']
/** Every word that a problem is told in: a new one is thought about here, too. */
const MAY_NAME = new Set(
  `practices staff rules id state needs duty language minutes discipline states languages availableMinutes travelAllowance travelMinutes
   currentMinutes stepMinutes minimumBlockMinutes maximumPractices levels scope pins forbids needsLicense staffId practiceId`.split(/\s+/),
)

/** What in a source could reach who pays. */
function faults(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const imports = [...code.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, from]) => from!)
  return [
    ...imports.filter((from) => !from.startsWith('./') && !MAY_IMPORT.includes(from)).map((from) => `imports ${from}`),
    ...[...code.matchAll(/\b(coverage\w*|payer\w*|payor\w*|insur\w*|claims?|medicare|medicaid)\b/gi)].map(([word]) => `says ${word}`),
    ...[...code.matchAll(/\b(sql`|selectFrom|\.tx\()/g)].map(([word]) => `reads the database: ${word}`),
  ]
}

/** The words of a problem that nobody has thought about. */
const strangeWords = (text: string): string[] =>
  [...text.matchAll(/readonly (\w+)\??:/g)].map(([, word]) => word!).filter((word) => !MAY_NAME.has(word))

test('no source of it imports, names or opens anything that says who pays', () => {
  expect(sources.length).toBeGreaterThan(12)
  for (const { name, text } of sources) expect({ name, faults: faults(text) }).toEqual({ name, faults: [] })
})

/** What in plans could bring who pays into a problem. */
const planFaults = (source: string): string[] => [
  ...faults(source).filter((fault) => fault.startsWith('says')),
  ...[...source.matchAll(/'(#modules\/[^']+)'/g)].flatMap(([, from]) => (PLANS_MAY_IMPORT.includes(from!) ? [] : [`imports ${from}`])),
  ...[...source.matchAll(/'(\.\.\/[^']+)'/g)].flatMap(([, from]) => (/cost|economics/.test(from!) ? [`imports ${from}`] : [])),
]

test('nothing that tells a problem from the region, or makes something of a plan, imports or names who pays', () => {
  expect(plans.length).toBeGreaterThan(6)
  for (const { name, text } of plans) expect({ name, faults: planFaults(text) }).toEqual({ name, faults: [] })
})

test.each([
  [`import { payersOf } from '#modules/economics'`, ['says payersOf', 'imports #modules/economics']],
  [`import { workOutCost } from '../need/work-out-cost.ts'`, ['imports ../need/work-out-cost.ts']],
  ['const weight = medicaid * 2', ['says medicaid']],
])('planted in plans, it is refused: %s', (source, expected) => {
  expect(planFaults(source)).toEqual(expected)
})

test('a problem has no word for who pays', () => {
  expect(strangeWords(sources.find(({ name }) => name === 'problem.ts')!.text)).toEqual([])
})

test.each([
  [`import { Coverage } from '#modules/patient'`, ['imports #modules/patient', 'says Coverage']],
  [`const { payerId } = practice`, ['says payerId']],
  ['await sql`select 1 from score`', ['reads the database: sql`']],
])('planted, it is refused: %s', (source, expected) => {
  expect(faults(source)).toEqual(expected)
})

test('planted, a word of a problem is refused: share', () => {
  expect(strangeWords('  readonly share: number\n  readonly minutes: number')).toEqual(['share'])
})
