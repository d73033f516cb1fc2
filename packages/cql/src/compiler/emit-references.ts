import { textPart, type ElmNode } from '../elm/elm-node.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import { code, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import { property } from './emit-properties.ts'
import type { Frame } from './frame.ts'

/** References to what has a name: definitions, parameters, aliases, lets, operands. */
export const references: Readonly<Record<string, Emitter>> = {
  ExpressionRef(node, frame) {
    const { js, type } = frame.program.definition(homeOf(node, frame), nameOf(node, frame), (reason) => frame.refuse(node, reason))
    return frame.value(`${js}()`, type)
  },
  ParameterRef(node, frame) {
    const parameter = frame.program.parameter(homeOf(node, frame), nameOf(node, frame), (reason) => frame.refuse(node, reason))
    return code(frame.writer.value(parameter.js), parameter.type)
  },
  AliasRef: alias,
  QueryLetRef: alias,
  OperandRef(node, frame) {
    const name = nameOf(node, frame)
    return frame.scope.operands.get(name) ?? frame.refuse(node, `The function has no operand ${name}.`)
  },
  IdentifierRef(node, frame) {
    const name = nameOf(node, frame)
    const { item, aliases } = frame.scope
    if (name === '$this' && item) return item
    return aliases.get(name) ?? (item ? property(item, name, node, frame) : frame.refuse(node, `Nothing is called ${name} here.`))
  },
}

function alias(node: ElmNode, frame: Frame): Code {
  const name = nameOf(node, frame)
  return frame.scope.aliases.get(name) ?? frame.refuse(node, `Nothing is called ${name} here.`)
}

export const nameOf = (node: ElmNode, frame: Frame): string => textPart(node, 'name') ?? frame.refuse(node, 'It has no name.')

/** The library that a reference means: its own, or the one that its `libraryName` includes. */
export function homeOf(node: Readonly<Record<string, unknown>>, frame: Frame): LinkedLibrary {
  const name = textPart(node, 'libraryName')
  if (name === null) return frame.library
  return frame.library.includes.get(name) ?? frame.refuse(String(node.type ?? 'Reference'), `No library is included as ${name}.`)
}
