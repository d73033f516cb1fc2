import { type ElmNode } from '../elm/elm-node.ts'
import { choiceOf, system, type StaticType } from '../elm/static-type.ts'
import { namedTypeOf, typeOfSpecifier } from '../elm/type-specifier.ts'
import { typeTest } from '../fhir/type-test.ts'
import { code, isLiteral, nullCode, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import { readChoiceAs } from './emit-properties.ts'
import type { Frame } from './frame.ts'
import { isSubtype, mayBe } from './subtype.ts'

/** Is, As and Convert (CQL 1.5, Reference, "Type Operators"), decided at compile time where the types decide. */
export const typeOperators: Readonly<Record<string, Emitter>> = {
  Is(node, frame) {
    const type = targetType(node, 'is', frame)
    const value = frame.emit(node.operand, node)
    if (isLiteral(value, 'null') || !mayBe(value.type, type)) return code('false', system.boolean)
    if (value.choice) return isChoice(value.choice, type, frame)
    if (isSubtype(value.type, type)) return frame.value(`${value.js} !== null`, system.boolean)
    return frame.value(`${test(type, frame)}(${frame.dynamic(value)})`, system.boolean)
  },
  As(node, frame) {
    const type = targetType(node, 'as', frame)
    const value = frame.emit(node.operand, node)
    if (isLiteral(value, 'null')) return nullCode(type)
    if (isSubtype(value.type, type)) return type.kind === 'choice' || type === system.any ? value : frame.as(value, type)
    if (!mayBe(value.type, type)) return node.strict === true ? strict(value, type, frame) : nullCode(type)
    if (value.choice) {
      const [only, ...others] = value.choice.element.choices!.filter((choice) => isSubtype(choice.type, type))
      if (only && others.length === 0) return readChoiceAs(value.choice, only, frame)
    }
    if (node.strict === true) return strict(value, type, frame)
    const dynamic = frame.dynamic(value)
    // What a choice can be of the wanted type is narrower than the type that was asked for.
    const held =
      value.type.kind === 'choice' && type.kind === 'choice' ? choiceOf(value.type.choices.filter((choice) => mayBe(choice, type))) : type
    return frame.as(frame.value(`${test(type, frame)}(${dynamic}) ? ${dynamic} : null`, system.any), held)
  },
  Convert(node, frame) {
    const type = targetType(node, 'to', frame)
    const value = frame.emit(node.operand, node)
    if (isLiteral(value, 'null')) return nullCode(type)
    if (isSubtype(value.type, type)) return frame.as(value, type)
    return frame.value(frame.call(conversion(type, node, frame), ...conversionArguments(type, frame.dynamic(value))), type)
  },
  CanConvert(node, frame) {
    const type = targetType(node, 'to', frame)
    const value = frame.dynamic(frame.emit(node.operand, node))
    const name = conversion(type, node, frame).replace(/^to/, 'convertsTo')
    return frame.value(frame.call(name, ...conversionArguments(type, value)), system.boolean)
  },
}

const test = (type: StaticType, frame: Frame): string => frame.program.module.constant(typeTest(type), `test ${type.text}`)

function strict(value: Code, type: StaticType, frame: Frame): Code {
  const dynamic = frame.dynamic(value)
  return frame.as(frame.value(frame.call('strictCast', dynamic, test(type, frame), JSON.stringify(type.text)), system.any), type)
}

function isChoice(choice: NonNullable<Code['choice']>, type: StaticType, frame: Frame): Code {
  const fitting = choice.element.choices!.filter((candidate) => isSubtype(candidate.type, type))
  if (fitting.length === 0) return code('false', system.boolean)
  const present = fitting.map((candidate) => `${readChoiceAs(choice, candidate, frame).js} !== null`)
  return frame.value(present.join(' || '), system.boolean)
}

function targetType(node: ElmNode, verb: 'is' | 'as' | 'to', frame: Frame): StaticType {
  const type = namedTypeOf(node[`${verb}Type`]) ?? typeOfSpecifier(node[`${verb}TypeSpecifier`])
  return type ?? frame.refuse(node, 'It names no type of a known model.')
}

const conversions: Readonly<Record<string, string>> = {
  Boolean: 'toBoolean',
  Integer: 'toInteger',
  Long: 'toLong',
  Decimal: 'toDecimal',
  String: 'toText',
  Date: 'toDate',
  DateTime: 'toDateTime',
  Time: 'toTime',
  Quantity: 'toQuantity',
  Ratio: 'toRatio',
  Concept: 'toConcept',
}

function conversion(type: StaticType, node: ElmNode, frame: Frame): string {
  const name = type.text.replace('System.', '')
  return Object.hasOwn(conversions, name) ? conversions[name]! : frame.refuse(node, `Nothing converts to ${type.text}.`)
}

const conversionArguments = (type: StaticType, value: string): string[] =>
  type === system.date || type === system.dateTime || type === system.string ? ['ctx', value] : [value]
