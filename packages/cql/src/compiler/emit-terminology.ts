import { isNode, isObject, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import { listOf, system } from '../elm/static-type.ts'
import type { CodeSet } from '../fhir/code-set.ts'
import { Code as CqlCode, CodeSystem, Concept, ValueSet } from '../runtime/values.ts'
import { code, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import { homeOf, nameOf } from './emit-references.ts'
import type { Frame } from './frame.ts'

/** Codes, concepts and value sets by name, and membership in a value set (CQL 1.5, Reference, "Clinical Operators"). */
export const terminology: Readonly<Record<string, Emitter>> = {
  CodeRef(node, frame) {
    const value = declaredCode(homeOf(node, frame), nameOf(node, frame), frame)
    return frame.constant(value, system.code, `code ${JSON.stringify(value)}`)
  },
  /** Selectors of a code and of a concept (CQL 1.5, Author's Guide, "Code Selector" and "Concept Selector"). */
  Code: (node, frame) => frame.constant(selectedCode(node, node, frame), system.code),
  Concept(node, frame) {
    const codes = objectsPart(node, 'code').map((part) => selectedCode(part, node, frame))
    return frame.constant(new Concept(codes, textPart(node, 'display')), system.concept)
  },
  CodeSystemRef: (node, frame) => frame.constant(declaredSystem(homeOf(node, frame), nameOf(node, frame), frame), system.codeSystem),
  ConceptRef(node, frame) {
    const home = homeOf(node, frame)
    const declared = home.concepts.get(nameOf(node, frame)) ?? frame.refuse(node, `There is no concept ${nameOf(node, frame)}.`)
    const parts = Array.isArray(declared.code) ? (declared.code as unknown[]).filter(isObject) : []
    const codes = parts.map((part) => declaredCode(home, textPart(part, 'name') ?? '', frame))
    return frame.constant(new Concept(codes, textPart(declared, 'display')), system.concept)
  },
  ValueSetRef(node, frame) {
    const set = valueSetNamed(node, frame)
    if (node.preserve === true) return frame.constant(new ValueSet(set.url), system.valueSet, `value set ${set.url}`)
    return expansion(set, frame)
  },
  ExpandValueSet(node, frame) {
    if (isNode(node.operand) && node.operand.type === 'ValueSetRef') return expansion(valueSetNamed(node.operand, frame), frame)
    return frame.refuse(node, 'Only a value set by name can be expanded.')
  },
  InValueSet: (node, frame) => membership('inValueSet', node, node.code, frame),
  AnyInValueSet: (node, frame) => membership('anyInValueSet', node, node.codes, frame),
  InCodeSystem: (node, frame) => inCodeSystem('inCodeSystem', node, node.code, frame),
  AnyInCodeSystem: (node, frame) => inCodeSystem('anyInCodeSystem', node, node.codes, frame),
}

function selectedCode(part: Readonly<Record<string, unknown>>, node: ElmNode, frame: Frame): CqlCode {
  const reference = isObject(part.system) ? part.system : frame.refuse(node, 'A code names no code system.')
  const from = declaredSystem(homeOf(reference, frame), textPart(reference, 'name') ?? '', frame)
  return new CqlCode(textPart(part, 'code'), from.id, from.version, textPart(part, 'display'))
}

function membership(runtime: string, node: ElmNode, codes: unknown, frame: Frame): Code {
  const value = frame.dynamic(frame.emit(codes, node))
  const reference = isObject(node.valueset) ? node.valueset : node.valuesetExpression
  if (!isObject(reference)) return frame.refuse(node, 'It names no value set.')
  if (reference.type !== undefined && reference.type !== 'ValueSetRef') frame.refuse(node, 'Only a value set by name can be asked.')
  const set = frame.program.module.constant(valueSetNamed({ ...reference, type: 'ValueSetRef' }, frame))
  return frame.value(frame.call(runtime, value, set), system.boolean)
}

function inCodeSystem(runtime: string, node: ElmNode, codes: unknown, frame: Frame): Code {
  const value = frame.dynamic(frame.emit(codes, node))
  const reference = isObject(node.codesystem) ? node.codesystem : node.codesystemExpression
  if (!isObject(reference) || textPart(reference, 'name') === null) return frame.refuse(node, 'It names no code system.')
  const declared = declaredSystem(homeOf(reference, frame), textPart(reference, 'name')!, frame)
  return frame.value(frame.call(runtime, value, JSON.stringify(declared.id)), system.boolean)
}

const expansion = (set: CodeSet, frame: Frame): Code => {
  const codes = set.members.map((member) => new CqlCode(member.code, member.system, null, member.display || null))
  return code(frame.program.module.constant(codes, `expansion ${set.url}|${set.version ?? ''}`), listOf(system.code))
}

/** The codes of the value set that a reference means. */
export function valueSetNamed(node: ElmNode, frame: Frame): CodeSet {
  const declared =
    homeOf(node, frame).valueSets.get(nameOf(node, frame)) ?? frame.refuse(node, `There is no value set "${nameOf(node, frame)}".`)
  const canonical = textPart(declared, 'id') ?? ''
  const found = frame.program.codeSets(canonical, textPart(declared, 'version') ?? undefined)
  return found ?? frame.refuse(node, `The value set ${canonical} is missing.`)
}

export function declaredCode(home: LinkedLibrary, name: string, frame: Frame): CqlCode {
  const declared = home.codes.get(name) ?? frame.refuse('CodeRef', `There is no code "${name}" in ${home.name}.`)
  const reference = isObject(declared.codeSystem) ? declared.codeSystem : null
  const library = textPart(reference ?? {}, 'libraryName')
  const of = library === null ? home : (home.includes.get(library) ?? frame.refuse('CodeRef', `No library is included as ${library}.`))
  const from = reference ? declaredSystem(of, textPart(reference, 'name') ?? '', frame) : null
  return new CqlCode(textPart(declared, 'id'), from?.id ?? null, from?.version ?? null, textPart(declared, 'display'))
}

function declaredSystem(home: LinkedLibrary, name: string, frame: Frame): CodeSystem {
  const declared = home.codeSystems.get(name) ?? frame.refuse('CodeSystemRef', `There is no code system "${name}" in ${home.name}.`)
  return new CodeSystem(textPart(declared, 'id'), textPart(declared, 'version'), name)
}
