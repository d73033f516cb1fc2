import { textPart, type ElmNode } from '../elm/elm-node.ts'
import { choiceOf, listOf, named, system, type NamedType, type StaticType } from '../elm/static-type.ts'
import { fhirElement, isResourceType, primitiveValue, type ChoiceProperty, type FhirElementType } from '../fhir/fhir-types.ts'
import { code, nullCode, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'
import { holdsRaw } from './representation.ts'

/** Property: an element of a structured value; of a list, that element of every item (CQL 1.5, Author's Guide, "Path Traversal"). */
export const properties: Readonly<Record<string, Emitter>> = {
  Property(node, frame) {
    const path = textPart(node, 'path') ?? frame.refuse(node, 'It has no path.')
    const steps = path.split('.')
    if (steps.some((step) => !/^\w+$/.test(step)) && !isTupleElement(node, path)) frame.refuse(node, `The path ${path} is not supported.`)
    return isTupleElement(node, path)
      ? property(source(node, frame), path, node, frame)
      : steps.reduce((from, step) => property(from, step, node, frame), source(node, frame))
  },
}

/** Names of tuple elements may hold any character. */
const isTupleElement = (_node: ElmNode, path: string): boolean => !/^[\w.]+$/.test(path)

function source(node: ElmNode, frame: Frame): Code {
  const alias = textPart(node, 'scope')
  if (alias !== null) return frame.scope.aliases.get(alias) ?? frame.refuse(node, `Nothing is called ${alias} here.`)
  if (node.source === undefined || node.source === null) return frame.scope.item ?? frame.refuse(node, 'A part of it is missing.')
  return frame.emit(node.source, node)
}

export function property(from: Code, name: string, node: ElmNode, frame: Frame): Code {
  const { type } = from
  switch (type.kind) {
    case 'list':
      return ofEach(from, type.element, name, node, frame)
    case 'interval': {
      const own = name === 'low' || name === 'high' ? type.point : name === 'lowClosed' || name === 'highClosed' ? system.boolean : null
      return own ? member(from, `.${name}`, own, frame) : frame.refuse(node, `An interval has no ${name}.`)
    }
    case 'tuple': {
      const own = type.elements.get(name)
      return own
        ? member(from, `.elements[${JSON.stringify(name)}]`, own, frame)
        : frame.refuse(node, `${type.text} has no element ${name}.`)
    }
    case 'choice':
      return ofChoice(from, type.choices, name, node, frame)
    case 'named':
      return ofNamed(from, type, name, node, frame)
  }
}

const systemMembers: Readonly<Record<string, Readonly<Record<string, StaticType>>>> = {
  'System.Quantity': { value: system.decimal, unit: system.string },
  'System.Ratio': { numerator: system.quantity, denominator: system.quantity },
  'System.Code': { code: system.string, system: system.string, version: system.string, display: system.string },
  'System.Concept': { codes: listOf(system.code), display: system.string },
  'System.ValueSet': { id: system.string, version: system.string, name: system.string },
  'System.CodeSystem': { id: system.string, version: system.string, name: system.string },
}

const has = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | null =>
  record && Object.hasOwn(record, name) ? record[name]! : null

function ofNamed(from: Code, type: NamedType, name: string, node: ElmNode, frame: Frame): Code {
  if (type === system.any) return frame.value(frame.call('property', from.js, JSON.stringify(name), 'offset'), system.any)
  const own = has(systemMembers[type.name], name)
  if (own) return member(from, `.${name}`, own, frame)
  const element = fhirElement(type.name, name)
  if (!element) return frame.refuse(node, `${type.text} has no element ${name}.`)
  if (isResourceType(type.name)) frame.program.reads(type.name, name)
  if (holdsRaw(type) || isResourceType(type.name)) return ofElement(from, type, name, element, node, frame)
  return dynamicProperty(from, element.type, name, frame)
}

const member = (from: Code, access: string, type: StaticType, frame: Frame): Code =>
  from.js === 'null' ? nullCode(type) : frame.value(`${from.js} === null ? null : (${from.js}${access} ?? null)`, type)

/** An element of JSON whose type is known: read as it stands. What is not shaped like its type stops (`fhir/misshapen-element.ts`). */
function ofElement(from: Code, owner: NamedType, name: string, element: FhirElementType, node: ElmNode, frame: Frame): Code {
  const primitive = primitiveValue(owner.name)
  if (primitive) {
    if (name === 'value') return primitiveRead(from, primitive, frame)
    const where = from.primitive ?? frame.refuse(node, besideValue(name, owner))
    const beside = readAs(where.object, `_${where.name}`, named('FHIR.Element'), owner, frame)
    return code(readAs(beside, name, element.type, owner, frame), element.type)
  }
  const object = from.js
  if (object === 'null') return nullCode(element.type)
  if (element.choices) {
    const table = frame.program.module.constant(element.choices, `choice ${owner.text}.${name}`)
    return {
      get js() {
        return frame.writer.value(frame.call('readChoice', object, table))
      },
      type: element.type,
      choice: { object, element },
    }
  }
  return readPlace(object, name, element.type, owner, frame)
}

const besideValue = (name: string, { text }: NamedType): string =>
  `The ${name} of a ${text} can only be read where it stands in its record, as in Patient.birthDate.${name}: what a list, function or definition hands on is its value alone.`

/** An element that says where it stands when it is a primitive. */
function readPlace(object: string, name: string, type: StaticType, owner: NamedType, frame: Frame): Code {
  const found = code(readAs(object, name, type, owner, frame), type)
  return type.kind === 'named' && primitiveValue(type.name) ? { ...found, primitive: { object, name } } : found
}

function readAs(object: string, name: string, type: StaticType, owner: NamedType, frame: Frame): string {
  const read = `${object} === null ? null : ${object}.${name}`
  if (type.kind === 'list') {
    const element = type.element
    if (element.kind === 'named' && primitiveValue(element.name))
      return frame.writer.value(frame.call('readPrimitives', object, JSON.stringify(name)))
    return frame.writer.value(frame.call('objectsIn', read))
  }
  if (type.kind === 'named' && primitiveValue(type.name)) {
    if (owner.name === 'FHIR.Extension' && name === 'url') return frame.writer.value(`${object} === null ? null : urls.read(${object}.url)`)
    return frame.writer.value(read, `if (@ === undefined) @ = ${object}._${name} ?? null;`)
  }
  const misshapen = `@ = ${frame.call('absent', '@')};`
  if (type.kind === 'named' && type.name.startsWith('System.')) return frame.writer.value(read, `if (typeof @ !== "string") ${misshapen}`)
  return frame.writer.value(read, `if (typeof @ !== "object" || Array.isArray(@)) ${misshapen}`)
}

/** The System value of a primitive's JSON; an object is a primitive that has only extensions. */
function primitiveRead(from: Code, type: NamedType, frame: Frame): Code {
  const value = from.js
  const read = (isKind: string, inner: string): Code =>
    frame.value(`${isKind} ? ${inner} : ${value} === null ? null : ${frame.call('withoutValue', value)}`, type)
  const text = `typeof ${value} === "string"`
  switch (type) {
    case system.string:
      return read(text, value)
    case system.boolean:
      return read(`typeof ${value} === "boolean"`, value)
    case system.integer:
      return read(`(${value} | 0) === ${value}`, value)
    case system.decimal:
      return read(`typeof ${value} === "number"`, frame.call('decimalOf', value))
    case system.dateTime:
      return read(text, frame.call('dateTimeOf', value, 'offset'))
    case system.date:
      return read(text, frame.call('dateOf', value))
    case system.time:
      return read(text, frame.call('timeOf', value))
    default:
      return frame.refuse('Property', `The value of a primitive has type ${type.text}.`)
  }
}

/** The one of `value[x]` that has this type, read without looking at the others. */
export function readChoiceAs({ object }: NonNullable<Code['choice']>, { property: name, type }: ChoiceProperty, frame: Frame): Code {
  return readPlace(object, name, type, type, frame)
}

function ofChoice(from: Code, choices: readonly StaticType[], name: string, node: ElmNode, frame: Frame): Code {
  const types = choices.flatMap((choice) => typeOfMember(choice, name))
  for (const choice of choices) if (choice.kind === 'named' && fhirElement(choice.name, name)) frame.program.reads(choice.name, name)
  if (types.length === 0) frame.refuse(node, `None of ${from.type.text} has an element ${name}.`)
  return dynamicProperty(from, choiceOf(types), name, frame)
}

function typeOfMember(type: StaticType, name: string): StaticType[] {
  if (type.kind === 'interval') return name === 'low' || name === 'high' ? [type.point] : [system.boolean]
  if (type.kind === 'tuple') return [...type.elements].filter(([element]) => element === name).map(([, element]) => element)
  if (type.kind !== 'named') return []
  if (type === system.any) return [system.any]
  const own = has(systemMembers[type.name], name) ?? fhirElement(type.name, name)?.type
  return own ? [own] : []
}

function dynamicProperty(from: Code, type: StaticType, name: string, frame: Frame): Code {
  const value = frame.value(frame.call('property', from.js, JSON.stringify(name), 'offset'), system.any)
  return frame.as(value, type)
}

function ofEach(from: Code, element: StaticType, name: string, node: ElmNode, frame: Frame): Code {
  const { writer } = frame
  const list = from.js
  const result = writer.variable()
  let type: StaticType = system.any
  writer.block(`if (${list} !== null)`, () => {
    writer.line(`${result} = [];`)
    const item = writer.fresh()
    writer.block(`for (const ${item} of ${list})`, () => {
      const value = property(code(item, element), name, node, frame)
      const { js } = value
      const many = value.type.kind === 'list'
      writer.line(`if (${js} !== null) ${many ? `for (const x of ${js}) ${result}.push(x)` : `${result}.push(${js})`};`)
      type = value.type.kind === 'list' ? value.type : listOf(value.type)
    })
  })
  return code(result, type)
}
