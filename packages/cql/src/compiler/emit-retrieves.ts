import { isNode, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import { listOf, system, type NamedType } from '../elm/static-type.ts'
import { namedTypeOf } from '../elm/type-specifier.ts'
import { fhirElement, isResourceType } from '../fhir/fhir-types.ts'
import type { Code as CqlCode } from '../runtime/values.ts'
import { code, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import { property } from './emit-properties.ts'
import { homeOf, nameOf } from './emit-references.ts'
import { declaredCode, valueSetNamed } from './emit-terminology.ts'
import type { Frame } from './frame.ts'

interface FilterCode {
  readonly system: string
  readonly code: string
}

/** Retrieve: a bucket of the record, which was filled when the record was opened (CQL 1.5, Author's Guide, "Retrieve"). */
export const retrieves: Readonly<Record<string, Emitter>> = { Retrieve: retrieve }

function retrieve(node: ElmNode, frame: Frame): Code {
  const type = namedTypeOf(node.dataType)
  if (type?.kind !== 'named' || !isResourceType(type.name)) return frame.refuse(node, `${String(node.dataType)} is no FHIR R4 resource.`)
  const other = contextsOf(frame).find((context) => context !== null && context !== 'Patient')
  if (other === 'Unfiltered') frame.refuse(node, 'It asks for the records of everybody (context Unfiltered).')
  if (other) frame.refuse(node, `It asks for the records of a ${other}; a measure is computed for each Patient.`)
  for (const part of ['context', 'contextProperty']) {
    if (node[part] !== undefined && node[part] !== null) frame.refuse(node, `A retrieve by ${part} is not supported.`)
  }
  for (const part of ['include', 'otherFilter']) {
    if (objectsPart(node, part).length > 0) frame.refuse(node, `A retrieve with ${part} is not supported.`)
  }
  return restricted(byCode(node, type, frame), node, frame)
}

/** The records of a type that carry one of the codes. */
function byCode(node: ElmNode, type: NamedType, frame: Frame): Code {
  const profile = textPart(node, 'templateId')
  const resource = type.name.replace('FHIR.', '')
  const path = textPart(node, 'codeProperty')
  if (!isNode(node.codes)) return bucket(node, { resource, profile, filter: null, type }, frame)
  if (path === null || !fhirElement(type.name, path))
    return frame.refuse(node, `${type.text} has no element ${String(path)} to look for codes in.`)
  const codes = constantCodes(node.codes, frame)
  if (codes) return bucket(node, { resource, profile, filter: { path, codes }, type }, frame)
  return filtered(bucket(node, { resource, profile, filter: null, type }, frame), path, frame.emit(node.codes, node), node, frame)
}

/** The contexts of the definition or functions that are compiled here. */
const contextsOf = ({ library, definition }: Frame): (string | null)[] =>
  [library.definitions.get(definition), ...(library.functions.get(definition) ?? [])]
    .map((node) => node && textPart(node, 'context'))
    .map((context) => context ?? null)

interface Question {
  readonly resource: string
  readonly profile: string | null
  readonly filter: { readonly path: string; readonly codes: readonly FilterCode[] } | null
  readonly type: NamedType
}

function bucket(node: ElmNode, { resource, profile, filter, type }: Question, frame: Frame): Code {
  const plan = frame.program.plan(node, resource, profile, filter)
  return frame.value(`buckets[${plan.bucket}]`, listOf(type))
}

/** Codes that are known without a record; null when they are not. */
function constantCodes(node: ElmNode, frame: Frame): readonly FilterCode[] | null {
  const plain = (value: CqlCode): FilterCode => ({ system: value.system ?? '', code: value.code ?? '' })
  switch (node.type) {
    case 'ValueSetRef':
      return valueSetNamed(node, frame).members
    case 'CodeRef':
      return [plain(declaredCode(homeOf(node, frame), nameOf(node, frame), frame))]
    case 'ConceptRef': {
      const home = homeOf(node, frame)
      const concept = home.concepts.get(nameOf(node, frame)) ?? frame.refuse(node, `There is no concept ${nameOf(node, frame)}.`)
      return objectsPart(concept, 'code').map((part) => plain(declaredCode(home, textPart(part, 'name') ?? '', frame)))
    }
    case 'ToList':
    case 'ToConcept':
    case 'ExpandValueSet':
      return isNode(node.operand) ? constantCodes(node.operand, frame) : null
    case 'Property':
      return node.path === 'codes' && isNode(node.source) ? constantCodes(node.source, frame) : null
    case 'List': {
      const lists = objectsPart(node, 'element').map((item) => (isNode(item) ? constantCodes(item, frame) : null))
      return lists.every((list) => list !== null) ? lists.flat() : null
    }
    default:
      return null
  }
}

/** Codes that only the evaluation knows: the bucket of the type is looked through. */
function filtered(list: Code, path: string, codes: Code, node: ElmNode, frame: Frame): Code {
  const wanted = frame.dynamic(codes)
  return kept(list, frame, (item) => frame.call('carriesOneOf', at(item, path, node, frame), wanted))
}

/** Of a list what a condition, written for each item, holds of. */
function kept(list: Code, frame: Frame, condition: (item: Code) => string): Code {
  const { writer } = frame
  const result = writer.variable('[]')
  const item = writer.fresh()
  const element = list.type.kind === 'list' ? list.type.element : system.any
  writer.block(`for (const ${item} of ${list.js})`, () => {
    writer.line(`if (${condition(code(item, element))}) ${result}.push(${item});`)
  })
  return code(result, list.type)
}

const at = (item: Code, path: string, node: ElmNode, frame: Frame): string =>
  frame.dynamic(path.split('.').reduce((from, step) => property(from, step, node, frame), item))

/** What else a retrieve asks for: an id, a time within a range, further codes and times (ELM 1.5, "Retrieve"). */
function restricted(list: Code, node: ElmNode, frame: Frame): Code {
  let rest = list
  if (isNode(node.id)) {
    const id = frame.dynamic(frame.emit(node.id, node))
    const path = textPart(node, 'idProperty') ?? 'id'
    rest = kept(rest, frame, (item) => frame.call('isNamed', at(item, path, node, frame), id))
  }
  for (const filter of objectsPart(node, 'codeFilter')) {
    const path = textPart(filter, 'property') ?? frame.refuse(node, 'A filter names no element.')
    if (!isNode(filter.value)) return frame.refuse(node, 'A filter has no value.')
    rest = filtered(rest, path, frame.emit(filter.value, node), node, frame)
  }
  const dates = {
    property: node.dateProperty,
    lowProperty: node.dateLowProperty,
    highProperty: node.dateHighProperty,
    value: node.dateRange,
  }
  for (const filter of [...(isNode(node.dateRange) ? [dates] : []), ...objectsPart(node, 'dateFilter')])
    rest = within(rest, filter, node, frame)
  return rest
}

/** A time of the record, or the time between two of its elements, is in a range. */
function within(list: Code, filter: Readonly<Record<string, unknown>>, node: ElmNode, frame: Frame): Code {
  if (!isNode(filter.value)) return frame.refuse(node, 'A filter has no value.')
  const range = frame.dynamic(frame.emit(filter.value, node))
  const [path, low, high] = [textPart(filter, 'property'), textPart(filter, 'lowProperty'), textPart(filter, 'highProperty')]
  if (path === null && (low === null || high === null)) return frame.refuse(node, 'A filter by date names no element.')
  return kept(list, frame, (item) =>
    path === null
      ? frame.call('takesPlaceBetween', at(item, low!, node, frame), at(item, high!, node, frame), range, 'offset')
      : frame.call('takesPlaceIn', at(item, path, node, frame), range, 'offset'),
  )
}
