import { isNode, isObject, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import { listOf, system, tupleOf, type StaticType } from '../elm/static-type.ts'
import { statedType } from '../elm/type-specifier.ts'
import { isResourceType } from '../fhir/fhir-types.ts'
import { code, type Code } from './code.ts'
import { distinctItems } from './emit-operators.ts'
import { property } from './emit-properties.ts'
import type { Emitter } from './emit.ts'
import type { Frame } from './frame.ts'

type Part = Readonly<Record<string, unknown>>

/**
 * Query: loops over its sources, innermost last (CQL 1.5, Author's Guide, "Queries"). Lets, relationships and the filter
 * come in that order for each combination; what is left is returned, then made distinct, aggregated or sorted.
 */
export const queries: Readonly<Record<string, Emitter>> = {
  Query: query,
  Exists(node, frame) {
    const stream = isNode(node.operand) && isStream(node.operand, 'exists') ? streamOf(node.operand, frame) : null
    return stream ? anyOf(stream, frame) : existsIn(frame.emit(node.operand, node), frame)
  },
}

function query(node: ElmNode, frame: Frame): Code {
  const { writer } = frame
  const sources = objectsPart(node, 'source').map((part) => source(part, node, frame))
  if (sources.length === 0) frame.refuse(node, 'It has no source.')
  const aggregate = isObject(node.aggregate) ? node.aggregate : null
  if (aggregate?.distinct === true) return query(overDistinct(node, aggregate, frame), frame)
  const result = new QueryResult(node, aggregate, frame)
  // Beside a list a single source that is null only gives no rows.
  const lists = sources.filter(({ isSingle }) => !isSingle)
  // Sources multiply, whether or not a row is kept.
  const combinations = sources.length > 1 ? writer.variable('0') : null
  const known = (lists.length > 0 ? lists : sources).map(({ stream }) => `${stream.list.js} !== null`)
  writer.block(`if (${known.join(' && ')})`, () => {
    result.open()
    overSources(sources, frame, (row, skip) => {
      if (combinations) writer.line(`${combinations} = ${frame.call('nextCombination', combinations)};`)
      result.add(row, passing(node, frame.within(row), skip))
    })
    result.close(sources)
  })
  return result.value()
}

/**
 * Aggregate distinct goes over the distinct rows of the query without it (CQL 1.5, Author's Guide, "Aggregate Queries"). Rows of several
 * sources are tuples, whose elements then go by the aliases.
 */
function overDistinct(node: ElmNode, aggregate: Part, frame: Frame): ElmNode {
  const aliases = objectsPart(node, 'source').map((part) => textPart(part, 'alias') ?? frame.refuse(node, 'A source has no alias.'))
  const [only, ...others] = aliases.map((alias) => ({ type: 'AliasRef', name: alias }))
  const row = others.length === 0 ? only!.name : 'the row of its sources'
  const item = others.length === 0 ? only : { type: 'Tuple', element: aliases.map((name) => ({ name, value: { type: 'AliasRef', name } })) }
  const items = { ...node, aggregate: null, return: { distinct: true, expression: item } }
  const named =
    others.length === 0 ? [] : aliases.map((name) => ({ identifier: name, expression: { type: 'Property', scope: row, path: name } }))
  const own = objectsPart(node, 'let')
  return {
    type: 'Query',
    source: [{ alias: row, expression: items }],
    let: [...named, ...own],
    aggregate: { ...aggregate, distinct: false },
  }
}

/** Lets, relationships and the filter of a query for one row; the frame in which its return is computed. */
function passing(node: ElmNode, row: Frame, skip: string): Frame {
  const scope = lets(node, row)
  for (const part of objectsPart(node, 'relationship')) relationship(part, node, scope, skip)
  if (isNode(node.where)) mustHold(node.where, scope, skip)
  return scope
}

/** Goes on only when a condition is true; each side of an And by itself. */
function mustHold(condition: ElmNode, frame: Frame, skip: string): void {
  if (condition.type === 'And' && Array.isArray(condition.operand) && condition.operand.length === 2 && condition.operand.every(isNode)) {
    for (const side of condition.operand) mustHold(side, frame, skip)
    return
  }
  const { js } = frame.emit(condition, condition)
  if (js !== 'true') frame.writer.line(`if (${js} !== true) continue ${skip};`)
}

/**
 * What a loop goes over. A source that is itself a plain query is not computed as a list: its filter and its return are
 * written into the same loop.
 */
interface Stream {
  readonly list: Code
  /** Writes what leads from an item of the list to what is gone over, inside the loop `skip`. */
  readonly through: (item: Code, skip: string) => Code
}

interface Source {
  readonly alias: string
  readonly stream: Stream
  /** A source that is no list: the query's result is none either. */
  readonly isSingle: boolean
}

function source(part: Part, node: ElmNode, frame: Frame): Source {
  const alias = textPart(part, 'alias') ?? frame.refuse(node, 'A source has no alias.')
  if (isNode(part.expression) && isStream(part.expression, 'all')) {
    const stream = streamOf(part.expression, frame)
    if (stream) return { alias, stream, isSingle: false }
  }
  const { js, type } = frame.emit(part.expression, node)
  const through: Stream['through'] = (item) => item
  if (type.kind === 'list') return { alias, stream: { list: code(js, type), through }, isSingle: false }
  if (type === system.any) frame.refuse(node, 'Whether its source is a list is not known.')
  return { alias, stream: { list: frame.value(`${js} === null ? null : [${js}]`, listOf(type)), through }, isSingle: true }
}

/** A query that keeps the order and number of what it goes over, but for what it filters out. */
function isStream(node: ElmNode, purpose: 'all' | 'exists'): boolean {
  if (node.type !== 'Query' || isObject(node.aggregate) || isObject(node.sort) || objectsPart(node, 'source').length !== 1) return false
  return purpose === 'exists' || !isObject(node.return) || node.return.distinct === false
}

/** Null when the query's source is no list. */
function streamOf(node: ElmNode, frame: Frame): Stream | null {
  const { alias, stream, isSingle } = source(objectsPart(node, 'source')[0]!, node, frame)
  if (isSingle) return null
  const through: Stream['through'] = (item, skip) => {
    const element = stream.through(item, skip)
    const scope = passing(node, frame.within([[alias, element]]), skip)
    return isObject(node.return) ? scope.emit(node.return.expression, node) : element
  }
  return { list: stream.list, through }
}

/** Exists: ends with the first that is not null (CQL 1.5, Reference, "Exists"). */
function anyOf(stream: Stream, frame: Frame): Code {
  const found = frame.writer.variable('false')
  loop(stream, frame, (element, label) => {
    const { js, type } = element
    // Evidence: which record there was at least one of.
    const noted = type.kind === 'named' && isResourceType(type.name) ? ` (found ??= []).push(${js});` : ''
    frame.writer.line(`if (${js} !== null) { ${found} = true;${noted} break ${label}; }`)
  })
  return code(found, system.boolean)
}

const existsIn = (list: Code, frame: Frame): Code => frame.value(frame.call('exists', list.js), system.boolean)

function loop({ list, through }: Stream, frame: Frame, body: (element: Code, label: string) => void): void {
  const item = frame.writer.fresh()
  const label = `l${item}`
  frame.writer.block(`if (${list.js} !== null) ${label}: for (const ${item} of ${list.js})`, () => {
    body(through(code(item, elementOf(list)), label), label)
  })
}

const elementOf = (list: Code): StaticType => (list.type.kind === 'list' ? list.type.element : system.any)

function overSources(sources: readonly Source[], frame: Frame, body: (row: Map<string, Code>, skip: string) => void): void {
  const row = new Map<string, Code>()
  const nested = (index: number): void => {
    const { alias, stream } = sources[index]!
    loop(stream, frame, (element, label) => {
      row.set(alias, element)
      if (index === sources.length - 1) body(row, label)
      else nested(index + 1)
    })
  }
  nested(0)
}

function lets(node: ElmNode, frame: Frame): Frame {
  let scope = frame
  for (const part of objectsPart(node, 'let')) {
    const name = textPart(part, 'identifier') ?? frame.refuse(node, 'A let has no name.')
    const { js, type } = scope.emit(part.expression, node)
    scope = scope.within([[name, code(js, type)]])
  }
  return scope
}

/** With keeps what has a partner, Without what has none (CQL 1.5, Author's Guide, "Relationships"). */
function relationship(part: Part, node: ElmNode, frame: Frame, skip: string): void {
  const { writer } = frame
  const keeps = part.type === 'With'
  if (!keeps && part.type !== 'Without') frame.refuse(node, `A relationship of type ${String(part.type)} is not supported.`)
  const { alias, stream } = source(part, node, frame)
  const suchThat = isNode(part.suchThat) ? part.suchThat : frame.refuse(node, 'A part of it is missing.')
  const found = writer.variable('false')
  loop(stream, frame, (partner, label) => {
    mustHold(suchThat, frame.within([[alias, partner]]), label)
    writer.line(`${found} = true;`)
    writer.line(`break ${label};`)
  })
  writer.line(`if (${keeps ? '!' : ''}${found}) continue ${skip};`)
}

/** What a query returns, while it is written. */
class QueryResult {
  readonly #node: ElmNode
  readonly #aggregate: Part | null
  readonly #frame: Frame
  readonly #name: string
  #type: StaticType = system.any

  constructor(node: ElmNode, aggregate: Part | null, frame: Frame) {
    this.#node = node
    this.#aggregate = aggregate
    this.#frame = frame
    this.#name = frame.writer.variable()
  }

  open(): void {
    const { writer } = this.#frame
    if (!this.#aggregate) return writer.line(`${this.#name} = [];`)
    const { starting } = this.#aggregate
    if (!isNode(starting)) return void (this.#type = statedType(this.#aggregate) ?? system.any)
    const start = this.#frame.emit(starting, this.#node)
    this.#type = start.js === 'null' ? (statedType(this.#aggregate) ?? start.type) : start.type
    writer.line(`${this.#name} = ${this.#frame.converted(start, this.#type)};`)
  }

  add(row: ReadonlyMap<string, Code>, scope: Frame): void {
    const { writer } = this.#frame
    if (this.#aggregate) {
      const name = textPart(this.#aggregate, 'identifier') ?? scope.refuse(this.#node, 'The aggregate has no name.')
      // The accumulator changes from row to row: a name of its own keeps it apart from values that do not.
      const before = writer.fresh()
      writer.line(`const ${before} = ${this.#name};`)
      const next = scope.within([[name, code(before, this.#type)]]).emit(this.#aggregate.expression, this.#node)
      return writer.line(`${this.#name} = ${scope.converted(next, this.#type)};`)
    }
    const returned = isObject(this.#node.return) ? scope.emit(this.#node.return.expression, this.#node) : rowOf(row, scope)
    this.#type = returned.type
    writer.line(`${this.#name}.push(${returned.js});`)
    if (row.size > 1) writer.line(`${scope.call('boundList', this.#name)};`)
  }

  close(sources: readonly Source[]): void {
    if (this.#aggregate) return
    const { writer } = this.#frame
    const list = code(this.#name, listOf(this.#type))
    if (isObject(this.#node.return) && this.#node.return.distinct !== false) {
      writer.line(`if (${this.#name}.length > 1) ${this.#name} = ${distinctItems(list, this.#frame)};`)
    }
    if (isObject(this.#node.sort)) sort(this.#node.sort, list, this.#node, this.#frame)
    if (sources.every(({ isSingle }) => isSingle)) writer.line(`${this.#name} = ${this.#name}.length === 0 ? null : ${this.#name}[0];`)
    else this.#type = listOf(this.#type)
  }

  value(): Code {
    return code(this.#name, this.#type)
  }
}

/** Without a return clause a row is its only alias, or a tuple of all of them. */
function rowOf(row: ReadonlyMap<string, Code>, frame: Frame): Code {
  if (row.size === 1) return [...row.values()][0]!
  const type = tupleOf(new Map([...row].map(([alias, value]) => [alias, value.type])))
  return frame.value(
    frame.call('tuple', `{${[...row].map(([alias, value]) => `[${JSON.stringify(alias)}]: ${value.js}`).join(', ')}}`),
    type,
  )
}

/** Sort: by the items themselves, by one of their elements or by an expression over them (CQL 1.5, Author's Guide, "Sorting"). */
function sort(clause: Part, list: Code, node: ElmNode, frame: Frame): void {
  const { writer } = frame
  const keyed = writer.fresh()
  const item = writer.fresh()
  const by = objectsPart(clause, 'by')
  writer.line(`const ${keyed} = [];`)
  writer.block(`for (const ${item} of ${list.js})`, () => {
    const own = code(item, elementOf(list))
    const keys = by.map((part) => frame.dynamic(sortKey(part, own, node, frame)))
    writer.line(`${keyed}.push({ item: ${item}, keys: [${keys.join(', ')}] });`)
  })
  const descending = by.map((part) => /^desc/.test(String(part.direction)))
  writer.line(`${list.js} = ${frame.call('sortByKeys', keyed, JSON.stringify(descending))};`)
}

function sortKey(part: Part, item: Code, node: ElmNode, frame: Frame): Code {
  switch (part.type) {
    case 'ByDirection':
      return item
    case 'ByColumn':
      return property(item, textPart(part, 'path') ?? frame.refuse(node, 'A sort names no element.'), node, frame)
    case 'ByExpression':
      return frame.sorting(item).emit(part.expression, node)
    default:
      return frame.refuse(node, `A sort of type ${String(part.type)} is not supported.`)
  }
}
