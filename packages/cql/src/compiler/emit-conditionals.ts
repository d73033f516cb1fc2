import { isObject, type ElmNode } from '../elm/elm-node.ts'
import { system, unify, type StaticType } from '../elm/static-type.ts'
import { statedType } from '../elm/type-specifier.ts'
import { code, isLiteral, nullCode, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'

/** If, Case and Coalesce: only what is chosen is computed (CQL 1.5, Author's Guide, "Conditional Expressions"). */
export const conditionals: Readonly<Record<string, Emitter>> = {
  If(node, frame) {
    const condition = frame.emit(node.condition, node)
    if (isLiteral(condition, 'true')) return frame.emit(node.then, node)
    if (isLiteral(condition, 'false') || isLiteral(condition, 'null')) return frame.emit(node.else, node)
    const choice = new Branches(frame)
    frame.writer.block(`if (${condition.js} === true)`, () => choice.set(frame.emit(node.then, node)))
    frame.writer.block('else', () => choice.set(frame.emit(node.else, node)))
    return choice.result(node)
  },
  Case(node, frame) {
    const comparand = node.comparand === undefined || node.comparand === null ? null : frame.emit(node.comparand, node)
    const choice = new Branches(frame)
    frame.writer.block(`${choice.label}:`, () => {
      for (const item of Array.isArray(node.caseItem) ? (node.caseItem as unknown[]) : []) {
        if (!isObject(item)) return frame.refuse(node, 'A part of it is missing.')
        const when = caseCondition(frame.emit(item.when, node), comparand, frame)
        if (isLiteral(when, 'false') || isLiteral(when, 'null')) continue
        if (isLiteral(when, 'true')) return choice.set(frame.emit(item.then, node))
        frame.writer.block(`if (${when.js} === true)`, () => {
          choice.set(frame.emit(item.then, node))
          frame.writer.line(`break ${choice.label};`)
        })
      }
      choice.set(node.else === undefined || node.else === null ? nullCode() : frame.emit(node.else, node))
    })
    return choice.result(node)
  },
  Coalesce(node, frame) {
    const parts: readonly unknown[] = Array.isArray(node.operand) ? node.operand : []
    const choice = new Branches(frame)
    frame.writer.block(`${choice.label}:`, () => {
      for (const part of parts) {
        const value = frame.emit(part, node)
        if (isLiteral(value, 'null')) continue
        if (parts.length === 1 && value.type.kind === 'list') return firstOf(value, value.type.element, choice, frame)
        frame.writer.block(`if (${value.js} !== null)`, () => {
          choice.set(value)
          frame.writer.line(`break ${choice.label};`)
        })
      }
    })
    return choice.result(node)
  },
}

function caseCondition(when: Code, comparand: Code | null, frame: Frame): Code {
  if (!comparand) return when
  return frame.value(frame.call('equal', frame.dynamic(comparand), frame.dynamic(when)), system.boolean)
}

function firstOf(list: Code, element: StaticType, choice: Branches, frame: Frame): void {
  const [item, name] = [frame.writer.fresh(), list.js]
  frame.writer.block(`if (${name} !== null) for (const ${item} of ${name}) if (${item} !== null)`, () => {
    choice.set(code(item, element))
    frame.writer.line(`break ${choice.label};`)
  })
}

/** A value that one of several branches gives; it has the type that all of them fit. */
class Branches {
  readonly label: string
  readonly #frame: Frame
  readonly #name: string
  readonly #set: { readonly value: Code; readonly slot: { text: string } }[] = []

  constructor(frame: Frame) {
    this.#frame = frame
    this.#name = frame.writer.variable()
    this.label = `b${this.#name}`
  }

  set(value: Code): void {
    // Reading it first puts the lines that compute it before the assignment.
    const { js, type } = value
    this.#set.push({ value: { js, type }, slot: this.#frame.writer.slot() })
  }

  result(node: ElmNode): Code {
    const known = this.#set.filter(({ value }) => !isLiteral(value, 'null')).map(({ value }) => value.type)
    const nothing = this.#set.find(({ value }) => value.type !== system.any)?.value.type ?? statedType(node) ?? system.any
    const type = known.length === 0 ? nothing : known.reduce(unify)
    for (const { value, slot } of this.#set) slot.text = `${this.#name} = ${this.#frame.converted(value, type)};`
    return code(this.#name, type)
  }
}
