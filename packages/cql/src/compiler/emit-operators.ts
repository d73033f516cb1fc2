import { textPart, type ElmNode } from '../elm/elm-node.ts'
import { listOf, system, type StaticType } from '../elm/static-type.ts'
import { isResourceType } from '../fhir/fhir-types.ts'
import { precisionFromElm } from '../runtime/values.ts'
import { code, isLiteral, nullCode, type Code } from './code.ts'
import { isConversionLibrary } from './conversion-library.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'
import { operatorTable, type Operator } from './operator-table.ts'
import { holdsRaw } from './representation.ts'

const fromTable = Object.fromEntries(
  Object.entries(operatorTable).map(([name, operator]): [string, Emitter] => [name, (node, frame) => call(name, operator, node, frame)]),
)

/** Operators that are one call of the runtime, and those that need a word more. */
export const operators: Readonly<Record<string, Emitter>> = {
  ...fromTable,
  ToList(node, frame) {
    const { js, type } = frame.emit(node.operand, node)
    return frame.value(`${js} === null ? [] : [${js}]`, listOf(type))
  },
  Length(node, frame) {
    const { js, type } = frame.emit(node.operand, node)
    return frame.value(frame.call(type.kind === 'list' ? 'listLength' : 'length', js), system.integer)
  },
  Indexer(node, frame) {
    const [source, index] = operandsOf(node, 'operand', frame)
    if (!source || !index) return frame.refuse(node, 'It takes 2 operands.')
    const type = source.type.kind === 'list' ? source.type.element : source.type
    return frame.value(frame.call('indexer', source.js, index.js), type)
  },
  /**
   * Conversions of FHIR's values never stop an evaluation: published FHIRHelpers raise an Error for a quantity with a comparator, which
   * laboratories send every day ("<30 mg/g"). Such a value is unknown, as it is with our own FHIRHelpers; the rest of the person counts.
   */
  Message: (node, frame) =>
    node.source && frame.library.functions.has(frame.definition) && isConversionLibrary(frame.library)
      ? frame.emit(node.source, node)
      : call('Message', operatorTable.Message!, node, frame),
  Union: union,
  ProperIn: (node, frame) => properly('ProperIn', node, frame),
  ProperContains: (node, frame) => properly('ProperContains', node, frame),
  Children: (node, frame) => elementsWithin('children', node, frame),
  Descendents: (node, frame) => elementsWithin('descendents', node, frame),
  Descendants: (node, frame) => elementsWithin('descendents', node, frame),
  Equal: equal,
  In: elementIn,
  ToConcept(node, frame) {
    const { js } = frame.emit(node.operand, node)
    const concept = frame.call('toConcept', js)
    return /^k\d+$/.test(js) ? code(frame.program.module.shared(concept), system.concept) : frame.value(concept, system.concept)
  },
  Distinct(node, frame) {
    const list = frame.emit(node.operand, node)
    const { js, type } = list
    return frame.value(`${js} === null ? null : ${distinctItems(code(js, type), frame)}`, type)
  },
}

function call(name: string, operator: Operator, node: ElmNode, frame: Frame): Code {
  const given = operator.parts.filter((part, index) =>
    operator.parts.slice(index).some((one) => node[one] !== undefined && node[one] !== null),
  )
  const [main] = operator.parts
  const isMissing = main !== undefined && (node[main] === undefined || node[main] === null)
  const args = given.flatMap((part) => operandsOf(node, part, frame))
  if (operator.parts.length > 1 && args.length !== given.length) frame.refuse(node, 'Each part of it is one expression.')
  if (isMissing || (main !== undefined && args.length === 0)) frame.refuse(node, 'A part of it is missing.')
  if (operator.count !== undefined && args.length !== operator.count)
    frame.refuse(node, `It takes ${operator.count} operands and has ${args.length}.`)
  const type = operator.type(args)
  const texts = args.map((arg) => (operator.opaque ? arg.js : frame.dynamic(arg)))
  if (operator.context) texts.unshift('ctx')
  if (operator.precision) {
    const precision = precisionFromElm(textPart(node, 'precision'))
    if (precision !== null) texts.push(String(precision))
  }
  const expression = frame.call(operator.call ?? name[0]!.toLowerCase() + name.slice(1), ...texts)
  if (operator.opaque || !holdsRaw(type)) return frame.value(expression, type)
  return frame.as(frame.value(expression, system.any), type)
}

/** Every argument of a part: `operand` may hold one node or several; an absent one is null, and nothing when it is the last. */
function operandsOf(node: ElmNode, part: string, frame: Frame): Code[] {
  const value = node[part]
  if (Array.isArray(value)) return value.map((item) => settled(frame.emit(item, node)))
  if (value === undefined || value === null) return [nullCode()]
  return [settled(frame.emit(value, node))]
}

/** Written now, so that arguments are computed in their order. */
const settled = (value: Code): Code => (value.choice ? code(value.js, value.type) : value)

/** Resources are the same when they are the same resource: no need to compare all that is in them. */
const areResources = (type: StaticType): boolean => type.kind === 'list' && isResource(type.element)
const isResource = (type: StaticType): boolean =>
  type.kind === 'choice' ? type.choices.every(isResource) : type.kind === 'named' && isResourceType(type.name)

export function distinctItems(list: Code, frame: Frame): string {
  if (areResources(list.type)) return frame.call('distinctResources', list.js)
  const distinct = frame.call('distinct', frame.dynamic(list))
  return holdsRaw(list.type) ? frame.converted(code(frame.writer.value(distinct), system.any), list.type) : distinct
}

/** Unions of unions of resources are one call. */
function union(node: ElmNode, frame: Frame): Code {
  const args = operandsOf(node, 'operand', frame)
  const type = operatorTable.Union!.type(args)
  if (args.length !== 2) return frame.refuse(node, `It takes 2 operands and has ${args.length}.`)
  const lists = args.filter((arg) => !isLiteral(arg, 'null'))
  if (areResources(type) && lists.every((arg) => areResources(arg.type))) {
    const parts = lists.flatMap((list) => frame.writer.unions.get(list.js) ?? [list.js])
    const result = frame.value(frame.call('unionResources', ...parts), type)
    frame.writer.unions.set(result.js, parts)
    return result
  }
  const expression = frame.call(type.kind === 'interval' ? 'unionOfIntervals' : 'union', ...args.map((arg) => frame.dynamic(arg)))
  return holdsRaw(type) ? frame.as(frame.value(expression, system.any), type) : frame.value(expression, type)
}

/** A point beside no interval is unknown, an element beside no list is not in it: only the type tells them apart. */
function properly(name: 'ProperIn' | 'ProperContains', node: ElmNode, frame: Frame): Code {
  const args = operandsOf(node, 'operand', frame)
  const [element, collection] = name === 'ProperIn' ? args : args.toReversed()
  if (!element || collection?.type.kind !== 'interval') return call(name, operatorTable[name]!, node, frame)
  const precision = precisionFromElm(textPart(node, 'precision')) ?? 0
  return frame.value(frame.call('properlyInInterval', frame.dynamic(element), collection.js, String(precision)), system.boolean)
}

/** Of System values: the elements of records have their paths. */
function elementsWithin(name: 'children' | 'descendents', node: ElmNode, frame: Frame): Code {
  const { js, type } = frame.emit(node.source, node)
  if (js !== 'null' && /System\.Any|\b(?!System\.)[A-Z]\w*\.\w/.test(type.text)) {
    frame.refuse(node, `It is supported for System values, and this one is ${type.text}.`)
  }
  return frame.value(frame.call(name, js), listOf(system.any))
}

/** Texts and truths are compared by JavaScript. */
function equal(node: ElmNode, frame: Frame): Code {
  const [left, right, ...more] = operandsOf(node, 'operand', frame)
  const plain = (value: Code | undefined): boolean => value?.type === system.string || value?.type === system.boolean
  if (!left || !right || more.length > 0 || left.type !== right.type || !plain(left))
    return call('Equal', operatorTable.Equal!, node, frame)
  const known = ({ js }: Code): boolean => js.startsWith('"')
  const missing = [left, right].filter((value) => !known(value)).map(({ js }) => `${js} === null`)
  const same = `${left.js} === ${right.js}`
  return frame.value(missing.length === 0 ? same : `${missing.join(' || ')} ? null : ${same}`, system.boolean)
}

/** A text in a list of texts that are written out. */
function elementIn(node: ElmNode, frame: Frame): Code {
  const [element, list, ...more] = operandsOf(node, 'operand', frame)
  if (element?.type !== system.string || list?.type !== listOf(system.string) || !/^c\d+$/.test(list.js) || more.length > 0) {
    return call('In', operatorTable.In!, node, frame)
  }
  return frame.value(
    `${element.js} === null ? ${frame.call('elementIn', 'null', list.js)} : ${list.js}.includes(${element.js})`,
    system.boolean,
  )
}
