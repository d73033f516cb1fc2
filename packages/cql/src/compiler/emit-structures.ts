import { isNode, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import { intervalOf, listOf, named, system, tupleOf, unify, type StaticType } from '../elm/static-type.ts'
import { namedTypeOf, statedType, typeOfSpecifier } from '../elm/type-specifier.ts'
import { fhirElement, isFhirType, isResourceType, primitiveValue } from '../fhir/fhir-types.ts'
import { code, isLiteral, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'

/** Selectors of structured values (CQL 1.5, Author's Guide, "Structured Values", "List Values", "Interval Values"). */
export const structures: Readonly<Record<string, Emitter>> = {
  List(node, frame) {
    const items = objectsPart(node, 'element').map((item) => frame.emit(item, node))
    const stated = typeOfSpecifier(node.typeSpecifier)
    const known = items.filter((item) => !isLiteral(item, 'null'))
    const element = stated ?? (known.length === 0 ? elementOf(statedType(node)) : known.map((item) => item.type).reduce(unify))
    const texts = items.map((item) => frame.converted(item, element))
    const constant = texts.length > 0 && texts.every((text) => /^(?:k\d+|"(?:[^"\\]|\\.)*"|-?\d+|true|false)$/.test(text))
    if (!constant) return code(frame.writer.value(`[${texts.join(', ')}]`), listOf(element))
    return code(frame.program.module.shared(`[${texts.join(', ')}]`), listOf(element))
  },
  Tuple(node, frame) {
    const elements = elementsOf(node, frame)
    const type = tupleOf(new Map(elements.map(([name, value]) => [name, value.type])))
    return frame.value(
      frame.call('tuple', `{${elements.map(([name, value]) => `[${JSON.stringify(name)}]: ${value.js}`).join(', ')}}`),
      type,
    )
  },
  Interval(node, frame) {
    const part = (name: string): Code | null => (isNode(node[name]) ? frame.emit(node[name], node) : null)
    const [low, high] = [part('low'), part('high')]
    const closed = (side: string): string => part(`${side}ClosedExpression`)?.js ?? (node[`${side}Closed`] === false ? 'false' : 'true')
    const point = pointType([low, high], node)
    const [lowClosed, highClosed] = [closed('low'), closed('high')]
    const name = point === system.any ? 'null' : JSON.stringify(point.text.replace('System.', ''))
    // What comes of records is a fact, in order or not, and must not stop a chart; what is written out is checked.
    const written = isWritten(node.low) && isWritten(node.high)
    return frame.value(
      frame.call(written ? 'interval' : 'recordedInterval', low?.js ?? 'null', high?.js ?? 'null', lowClosed, highClosed, name),
      intervalOf(point),
    )
  },
  Instance: instance,
}

const isWritten = (bound: unknown): boolean =>
  isNode(bound) && (/^(?:Literal|Quantity|Date|DateTime|Time)$/.test(bound.type) || (bound.type === 'Negate' && isWritten(bound.operand)))

const elementOf = (type: StaticType | null): StaticType => (type?.kind === 'list' ? type.element : system.any)

function pointType(bounds: readonly (Code | null)[], node: ElmNode): StaticType {
  const known = bounds.filter((bound) => bound !== null && bound.type !== system.any).map((bound) => bound!.type)
  const solid = bounds
    .filter((bound) => bound !== null && !isLiteral(bound, 'null') && bound.type !== system.any)
    .map((bound) => bound!.type)
  if (solid.length > 0) return solid.reduce(unify)
  if (known.length > 0) return known[0]!
  const stated = statedType(node)
  return stated?.kind === 'interval' ? stated.point : system.any
}

function elementsOf(node: ElmNode, frame: Frame): (readonly [string, Code])[] {
  return objectsPart(node, 'element').map((element) => {
    const name = textPart(element, 'name') ?? frame.refuse(node, 'An element has no name.')
    const { js, type } = frame.emit(element.value, node)
    return [name, code(js, type)] as const
  })
}

function instance(node: ElmNode, frame: Frame): Code {
  const type = namedTypeOf(node.classType)
  if (type?.kind !== 'named') return frame.refuse(node, 'It names no type of a known model.')
  const elements = new Map(elementsOf(node, frame))
  const js = (name: string, wanted: StaticType): string => {
    const value = elements.get(name)
    return value ? frame.converted(value, wanted) : 'null'
  }
  const { string } = system
  const build: Readonly<Record<string, () => string>> = {
    'System.Quantity': () => frame.call('newQuantity', js('value', system.decimal), js('unit', string)),
    'System.Ratio': () => frame.call('newRatio', js('numerator', system.quantity), js('denominator', system.quantity)),
    'System.Code': () => frame.call('newCode', ...['code', 'system', 'version', 'display'].map((name) => js(name, string))),
    'System.Concept': () => frame.call('newConcept', js('codes', listOf(system.code)), js('display', string)),
    'System.ValueSet': () => frame.call('newValueSet', ...['id', 'version', 'name'].map((name) => js(name, string))),
    'System.CodeSystem': () => frame.call('newCodeSystem', ...['id', 'version', 'name'].map((name) => js(name, string))),
  }
  if (Object.hasOwn(build, type.name)) return frame.value(build[type.name]!(), type)
  if (isFhirType(type.name)) return fhirInstance(type.name, elements, node, frame)
  return frame.refuse(node, `A value of type ${type.text} cannot be made.`)
}

/** A FHIR element or resource is made as its JSON. */
function fhirInstance(name: string, elements: ReadonlyMap<string, Code>, node: ElmNode, frame: Frame): Code {
  const primitive = primitiveValue(name)
  if (primitive) {
    const value = elements.get('value')
    return value ? frame.value(frame.call('toJson', frame.dynamic(value)), named(name)) : code('null', named(name))
  }
  const parts = isResourceType(name) ? [`["resourceType"]: ${JSON.stringify(name.replace('FHIR.', ''))}`] : []
  for (const [element, value] of elements) {
    const known = fhirElement(name, element) ?? frame.refuse(node, `${name} has no element ${element}.`)
    if (known.choices) parts.push(`...${frame.call('choiceJson', JSON.stringify(element), frame.dynamic(value))}`)
    else parts.push(`[${JSON.stringify(element)}]: ${frame.converted(value, known.type)} ?? undefined`)
  }
  return frame.value(`{${parts.join(', ')}}`, named(name))
}
