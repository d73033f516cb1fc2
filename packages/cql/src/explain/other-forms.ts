import { isConversion, isElm, list, operandsOf, textOf, unconverted, type Elm } from './elm-parts.ts'

type Words = (node: unknown) => string

/** What an expression is about when all it does is to write that in another form; null of any other expression. */
export function inOtherForm(node: Elm, wordsOf: Words): Elm | null {
  if (isConversion(node)) return operandsOf(node)[0]!
  switch (node.type) {
    case 'If':
      return isFormTest(node.condition) ? sameIn([node.then, node.else], wordsOf) : null
    case 'Case': {
      const items = list(node.caseItem)
      const tests = node.comparand === undefined && items.every(({ when }) => isFormTest(when))
      return tests ? sameIn([...items.map(({ then }) => then), node.else], wordsOf) : null
    }
    case 'Interval':
      return isElm(node.low) && isElm(node.high) ? wholeOf(unconverted(node.low), unconverted(node.high), wordsOf) : null
    case 'Query':
      return repeated(node)
    default:
      return null
  }
}

/** Asks only which form a value has, or whether it is there. */
function isFormTest(node: unknown): boolean {
  if (!isElm(node)) return false
  if (/^(?:And|Or|Not)$/.test(textOf(node.type))) return operandsOf(node).every(isFormTest)
  return node.type === 'Is' || node.type === 'IsNull'
}

/** The branch that all branches with a value are. */
function sameIn(branches: readonly unknown[], wordsOf: Words): Elm | null {
  const known = branches.filter(isElm).filter((branch) => wordsOf(branch) !== 'unknown')
  return new Set(known.map(wordsOf)).size === 1 ? known[0]! : null
}

/** An interval from the low to the high of another one, or from a point to itself. */
function wholeOf(low: Elm, high: Elm, wordsOf: Words): Elm | null {
  if (wordsOf(low) === wordsOf(high)) return low
  const source = low.path === 'low' && high.path === 'high' && isElm(low.source) && isElm(high.source) ? low.source : null
  return source && wordsOf(source) === wordsOf(high.source) ? source : null
}

/** A query of the translator's own that goes over elements to convert each. */
function repeated(query: Elm): Elm | null {
  const [only, ...others] = list(query.source)
  const isBare = query.where === undefined && list(query.relationship).length === 0 && !isElm(query.aggregate)
  return only?.alias === '$this' && others.length === 0 && isBare && isElm(only.expression) ? only.expression : null
}

/** The extension that a query of the translator's own looks for: its name, and what has it. */
export function extensionIn(node: Elm): { readonly name: string; readonly owner: Elm } | null {
  const [query] = operandsOf(node)
  const [only] = query?.type === 'Query' ? list(query.source) : []
  const elements = only?.expression
  if (node.type !== 'SingletonFrom' || !isElm(elements) || elements.path !== 'extension' || !isElm(query?.where)) return null
  const url = operandsOf(query.where).find(({ type }) => type === 'Literal')
  const name = textOf(url?.value).split('/').at(-1) ?? ''
  const owner = isElm(elements.source) ? elements.source : { type: 'AliasRef', name: elements.scope }
  return { name: name.replace(/^(?:qicore|us-core|us-quality-core)-/, ''), owner }
}
