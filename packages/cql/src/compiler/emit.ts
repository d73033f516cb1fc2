import type { ElmNode } from '../elm/elm-node.ts'
import { system } from '../elm/static-type.ts'
import { statedType } from '../elm/type-specifier.ts'
import type { Code } from './code.ts'
import { conditionals } from './emit-conditionals.ts'
import { functions } from './emit-functions.ts'
import { iterations } from './emit-iterations.ts'
import { literals } from './emit-literals.ts'
import { logic } from './emit-logic.ts'
import { operators } from './emit-operators.ts'
import { properties } from './emit-properties.ts'
import { queries } from './emit-queries.ts'
import { references } from './emit-references.ts'
import { retrieves } from './emit-retrieves.ts'
import { structures } from './emit-structures.ts'
import { terminology } from './emit-terminology.ts'
import { typeOperators } from './emit-types.ts'
import type { Frame } from './frame.ts'
import { holdsRaw } from './representation.ts'

/** Compiles a node of one type: writes what computes it and answers where the value is. */
export type Emitter = (node: ElmNode, frame: Frame) => Code

const emitters = new Map<string, Emitter>(
  [
    ...[literals, logic, conditionals, operators, structures, properties, references],
    ...[functions, queries, iterations, typeOperators, terminology, retrieves],
  ].flatMap((family) => Object.entries(family)),
)

/** Nodes that can be compiled. */
export const compiledNodes: ReadonlySet<string> = new Set(emitters.keys())

export function emit(node: ElmNode, frame: Frame): Code {
  const emitter = emitters.get(node.type) ?? frame.refuse(node, 'This node is not supported.')
  const result = emitter(node, frame)
  // Where nothing tells what a value is, the translator's word is taken if the value stands the same either way.
  if (result.type !== system.any) return result
  const stated = statedType(node)
  return stated && !holdsRaw(stated) ? { js: result.js, type: stated } : result
}
