import { placeInWords, type ElmPlace } from '../elm/compile-error.ts'
import { elmVocabulary } from '../elm/vocabulary.ts'
import { CqlError } from '../runtime/cql-error.ts'
import { operatorTable } from './operator-table.ts'

/** An evaluation that stopped, in words for who wrote the logic: library, definition, node, why and what to do. */
export function stoppedLogic(error: unknown, place: Omit<ElmPlace, 'node'> | null, source: string): Error {
  if (!place) return new Error(reasonOf(error), { cause: error })
  return new Error(`${placeInWords({ ...place, node: nodeOf(error, source) })}: ${reasonOf(error)}`, { cause: error })
}

export const isStackOverflow = (error: unknown): boolean => error instanceof RangeError && /call stack/.test(error.message)

function reasonOf(error: unknown): string {
  if (error instanceof CqlError) return error.message
  if (isStackOverflow(error)) return 'What it is computed of leads to further definitions and functions without end. Shorten the chain.'
  if (error instanceof RangeError) return `A value grew larger than can be held (${error.message}). Bound what it is made of.`
  return `The engine failed, not the measure: ${error instanceof Error ? error.message : String(error)}`
}

/** Functions of the runtime that are not called as their node. */
const nodesByCall = new Map([
  ...Object.entries(operatorTable).flatMap(([node, { call }]): [string, string][] => (call ? [[call, node]] : [])),
  ...['boundList', 'nextCombination', 'sortByKeys'].map((name): [string, string] => [name, 'Query']),
  ...['distinctResources'].map((name): [string, string] => [name, 'Distinct']),
  ...['unionResources', 'unionOfIntervals'].map((name): [string, string] => [name, 'Union']),
])

/** Lines that `new Function` writes before a body. */
const headLines = 2

/**
 * The node is told by the function of the runtime that generated code called, `$matches(...)`: the first place in generated code on the
 * stack of the error. Runtime functions are named by their nodes.
 */
function nodeOf(error: unknown, source: string): string | null {
  const [, line, column] = /\(eval at .*<anonymous>:(\d+):(\d+)\)/.exec(error instanceof Error ? (error.stack ?? '') : '') ?? []
  if (!line || isStackOverflow(error)) return null
  const text = source.split('\n')[Number(line) - 1 - headLines] ?? ''
  const called =
    [...text.slice(0, Number(column) + 40).matchAll(/\$(\w+)\(/g)].filter(({ index }) => index < Number(column)).at(-1)?.[1] ?? ''
  const node = nodesByCall.get(called) ?? called.charAt(0).toUpperCase() + called.slice(1)
  return elmVocabulary.has(node) ? node : null
}
