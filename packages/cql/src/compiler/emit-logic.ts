import { system } from '../elm/static-type.ts'
import type { ElmNode } from '../elm/elm-node.ts'
import { code, isLiteral, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'

/**
 * Three-valued logic, written inline (CQL 1.5, Author's Guide, "Logical Operators"; truth tables in Appendix B, "Logical
 * Operators"). The right side is computed only where the left leaves the answer open.
 */
export const logic: Readonly<Record<string, Emitter>> = {
  And: (node, frame) =>
    shortCircuit(node, frame, 'false', (left, right) => `${right} === false ? false : ${left} === null ? null : ${right}`),
  Or: (node, frame) => shortCircuit(node, frame, 'true', (left, right) => `${right} === true ? true : ${left} === null ? null : ${right}`),
  Implies(node, frame) {
    const [left, right] = operands(node, frame, 2)
    const a = frame.emit(left, node).js
    if (a === 'false') return code('true', system.boolean)
    const result = frame.writer.variable('true')
    frame.writer.block(`if (${a} !== false)`, () => {
      const b = frame.emit(right, node).js
      frame.writer.line(`${result} = ${b} === true ? true : ${a} === null ? null : ${b};`)
    })
    return code(result, system.boolean)
  },
  Xor(node, frame) {
    const [left, right] = operands(node, frame, 2)
    const [a, b] = [frame.emit(left, node).js, frame.emit(right, node).js]
    return frame.value(`${a} === null || ${b} === null ? null : ${a} !== ${b}`, system.boolean)
  },
  Not: (node, frame) => unary(node, frame, (a) => (a === 'true' ? 'false' : a === 'false' ? 'true' : `${a} === null ? null : !${a}`)),
  IsTrue: (node, frame) => unary(node, frame, (a) => `${a} === true`),
  IsFalse: (node, frame) => unary(node, frame, (a) => `${a} === false`),
  IsNull: (node, frame) => unary(node, frame, (a) => (a === 'null' ? 'true' : `${a} === null`)),
}

function shortCircuit(node: ElmNode, frame: Frame, decided: 'true' | 'false', rest: (left: string, right: string) => string): Code {
  const [left, right] = operands(node, frame, 2)
  const a = frame.emit(left, node)
  if (isLiteral(a, decided)) return a
  const result = frame.writer.variable(decided)
  frame.writer.block(`if (${a.js} !== ${decided})`, () => {
    const b = frame.emit(right, node)
    frame.writer.line(`${result} = ${rest(a.js, b.js)};`)
  })
  return code(result, system.boolean)
}

function unary(node: ElmNode, frame: Frame, write: (operand: string) => string): Code {
  const expression = write(frame.emit(node.operand, node).js)
  return expression === 'true' || expression === 'false' ? code(expression, system.boolean) : frame.value(expression, system.boolean)
}

/** The operands of a node that has exactly so many. */
function operands(node: ElmNode, frame: Frame, count: number): readonly unknown[] {
  const found: readonly unknown[] = Array.isArray(node.operand) ? node.operand : []
  return found.length === count ? found : frame.refuse(node, `It takes ${count} operands and has ${found.length}.`)
}
