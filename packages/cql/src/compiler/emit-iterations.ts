import { isNode, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import { code, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'

const total = '$total'
const scopeOf = (node: ElmNode): string => textPart(node, 'scope') ?? '$this'

/**
 * ELM's functional iterations (ELM 1.5, "List Operators": Filter, ForEach, Sort, Aggregate, Current, Iteration, Total). The translator writes
 * queries instead; other tools that make ELM write these, which are queries over one source.
 */
export const iterations: Readonly<Record<string, Emitter>> = {
  Filter: (node, frame) => over(node, frame, { where: part(node, 'condition', frame) }),
  ForEach: (node, frame) => over(node, frame, { return: { distinct: false, expression: part(node, 'element', frame) } }),
  Sort: (node, frame) => over(node, frame, { sort: { by: objectsPart(node, 'by') } }),
  Aggregate(node, frame) {
    const aggregate = { identifier: total, distinct: false, expression: part(node, 'iteration', frame), starting: node.initialValue }
    return over(node, frame, { aggregate })
  },
  Current: named(scopeOf),
  Iteration: named(scopeOf),
  Total: named(() => total),
}

const part = (node: ElmNode, name: string, frame: Frame): ElmNode => {
  const found = node[name]
  return isNode(found) ? found : frame.refuse(node, 'A part of it is missing.')
}

function over(node: ElmNode, frame: Frame, clauses: Readonly<Record<string, unknown>>): Code {
  const source = [{ alias: scopeOf(node), expression: part(node, 'source', frame) }]
  const { js, type } = frame.emit({ type: 'Query', source, ...clauses }, node)
  return code(js, type)
}

function named(nameOf: (node: ElmNode) => string): Emitter {
  return (node, frame) => frame.scope.aliases.get(nameOf(node)) ?? frame.refuse(node, `Nothing is called ${nameOf(node)} here.`)
}
