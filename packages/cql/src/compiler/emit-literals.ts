import { isNode, textPart } from '../elm/elm-node.ts'
import { choiceOf, system } from '../elm/static-type.ts'
import { statedType } from '../elm/type-specifier.ts'
import { Decimal, Quantity, Ratio } from '../runtime/values.ts'
import { code, nullCode, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'
import type { ElmNode } from '../elm/elm-node.ts'

/** Literals and selectors of one value (CQL 1.5, Author's Guide, "Literals"). */
export const literals: Readonly<Record<string, Emitter>> = {
  Null: (node) => nullCode(statedType(node) ?? system.any),
  Literal: literal,
  Quantity: (node, frame) => frame.constant(quantity(node, frame), system.quantity, `quantity ${String(node.value)} ${String(node.unit)}`),
  Ratio(node, frame) {
    const part = (name: string): Quantity => quantity(node[name] as ElmNode, frame)
    const ratio = new Ratio(part('numerator'), part('denominator'))
    return frame.constant(ratio, system.ratio, `ratio ${ratio.toString()}`)
  },
  Negate(node, frame) {
    // The smallest integer is written as the negation of a number that is none.
    if (isNode(node.operand) && node.operand.type === 'Literal' && node.operand.value === '2147483648')
      return code('-2147483648', system.integer)
    const operand = frame.emit(node.operand, node)
    return frame.value(frame.call('negate', operand.js), operand.type)
  },
  MinValue: (node, frame) => extreme('minValue', node, frame),
  MaxValue: (node, frame) => extreme('maxValue', node, frame),
}

function literal(node: ElmNode, frame: Frame): Code {
  const text = String(node.value ?? '')
  switch (typeName(node)) {
    case 'Boolean':
      if (text === 'true' || text === 'false') return code(text, system.boolean)
      break
    case 'String':
      return code(JSON.stringify(text), system.string)
    case 'Integer': {
      const value = Number(text)
      if (/^-?\d+$/.test(text) && value >= -2_147_483_648 && value <= 2_147_483_647) return code(String(value), system.integer)
      break
    }
    case 'Long':
      if (/^-?\d{1,20}$/.test(text)) return code(`${text}n`, system.long)
      break
    case 'Decimal': {
      const value = /\.\d{9}/.test(text) ? null : Decimal.parse(text)
      if (value) return frame.constant(value, system.decimal, `decimal ${text}`)
      break
    }
    default:
  }
  return frame.refuse(node, `${text.slice(0, 40)} is not a literal of type ${typeName(node) || '(none)'}.`)
}

const typeName = (node: ElmNode): string => (textPart(node, 'valueType') ?? '').replace('{urn:hl7-org:elm-types:r1}', '')

function quantity(node: ElmNode, frame: Frame): Quantity {
  const value = Decimal.parse(String(node?.value ?? ''))
  return value ? new Quantity(value, textPart(node, 'unit') ?? '1') : frame.refuse('Quantity', 'Its value is not a number.')
}

function extreme(runtime: string, node: ElmNode, frame: Frame): Code {
  const name = typeName(node)
  const type = choiceOf(Object.values(system).filter((candidate) => candidate.name === `System.${name}`))
  if (type === system.any) frame.refuse(node, `There is no ${runtime} of ${name}.`)
  return frame.value(frame.call(runtime, JSON.stringify(name)), type)
}
