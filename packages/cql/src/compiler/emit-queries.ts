import { isNode, isObject, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import { listOf, system, tupleOf, type StaticType } from '../elm/static-type.ts'
import { statedType } from '../elm/type-specifier.ts'
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
export const queries: Readonly<Record<string, Emitter>> = { Query: query }

interface Source {
  readonly alias: string
  readonly value: Code
  /** A source that is no list: the query's result is none either. */
  readonly single: 'no' | 'yes' | 'maybe'
}

function query(node: ElmNode, frame: Frame): Code {
  const { writer } = frame
  const sources = objectsPart(node, 'source').map((part) => source(part, node, frame))
  if (sources.length === 0) frame.refuse(node, 'It has no source.')
  const aggregate = isObject(node.aggregate) ? node.aggregate : null
  const result = new QueryResult(node, aggregate, frame)
  const missing = sources.map(({ value }) => `${value.js} !== null`).join(' && ')
  writer.block(`if (${missing})`, () => {
    result.open()
    overSources(sources, frame, (row, skip) => {
      const scope = lets(node, frame.within(row))
      for (const part of objectsPart(node, 'relationship')) relationship(part, node, scope, skip)
      if (isNode(node.where)) {
        const { js } = scope.emit(node.where, node)
        if (js !== 'true') writer.line(`if (${js} !== true) continue ${skip};`)
      }
      result.add(row, scope)
    })
    result.close(sources)
  })
  return result.value()
}

function source(part: Part, node: ElmNode, frame: Frame): Source {
  const alias = textPart(part, 'alias') ?? frame.refuse(node, 'A source has no alias.')
  const value = frame.emit(part.expression, node)
  const { js, type } = value
  if (type.kind === 'list') return { alias, value: code(js, type), single: 'no' }
  const asList = type === system.any ? `Array.isArray(${js}) || ${js} === null ? ${js} : [${js}]` : `${js} === null ? null : [${js}]`
  return { alias, value: code(frame.writer.value(asList), listOf(type)), single: type === system.any ? 'maybe' : 'yes' }
}

const elementOf = (list: Code): StaticType => (list.type.kind === 'list' ? list.type.element : system.any)

function overSources(sources: readonly Source[], frame: Frame, body: (row: Map<string, Code>, skip: string) => void): void {
  const row = new Map<string, Code>()
  const loop = (index: number): void => {
    const { alias, value } = sources[index]!
    const item = frame.writer.fresh()
    const label = `l${item}`
    frame.writer.block(`${label}: for (const ${item} of ${value.js})`, () => {
      row.set(alias, code(item, elementOf(value)))
      if (index === sources.length - 1) body(row, label)
      else loop(index + 1)
    })
  }
  loop(0)
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
  const partner = source(part, node, frame)
  const found = writer.variable('false')
  const item = writer.fresh()
  writer.block(`if (${partner.value.js} !== null) for (const ${item} of ${partner.value.js})`, () => {
    const { js } = frame.within([[partner.alias, code(item, elementOf(partner.value))]]).emit(part.suchThat, node)
    writer.line(`if (${js} === true) { ${found} = true; break; }`)
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
      if (this.#aggregate.distinct === true) scope.refuse(this.#node, 'Aggregate distinct is not supported.')
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
  }

  close(sources: readonly Source[]): void {
    if (this.#aggregate) return
    const { writer } = this.#frame
    const list = code(this.#name, listOf(this.#type))
    if (isObject(this.#node.return) && this.#node.return.distinct !== false) {
      writer.line(`if (${this.#name}.length > 1) ${this.#name} = ${distinctItems(list, this.#frame)};`)
    }
    if (isObject(this.#node.sort)) sort(this.#node.sort, list, this.#node, this.#frame)
    if (sources.every(({ single }) => single === 'yes'))
      writer.line(`${this.#name} = ${this.#name}.length === 0 ? null : ${this.#name}[0];`)
    else if (sources.some(({ single }) => single === 'maybe') && sources.every(({ single }) => single !== 'no'))
      this.#frame.refuse(this.#node, 'Whether its source is a list is not known.')
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
