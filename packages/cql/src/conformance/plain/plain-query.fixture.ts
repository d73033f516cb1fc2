import type { ElmJson } from '../random-elm.fixture.ts'
import { distinct, isSame, sorted } from './plain-list.fixture.ts'
import { NoOpinion } from './plain-point.fixture.ts'
import { integer, isKind, isList, ONE, type Plain } from './plain-value.fixture.ts'

/** What an operator answers for operands, undefined where one is not known. */
type Answers = (elm: ElmJson, values: readonly (Plain | undefined)[]) => readonly Plain[]
type Row = ReadonlyMap<string, Plain>

interface QueryParts {
  readonly source: readonly { readonly alias: string }[]
  readonly let?: readonly { readonly identifier: string; readonly expression: ElmJson }[]
  readonly where?: ElmJson
  readonly return?: { readonly distinct: boolean; readonly expression: ElmJson }
  readonly sort?: { readonly by: readonly { readonly type: string; readonly direction: string }[] }
  readonly aggregate?: { readonly identifier: string; readonly distinct: boolean; readonly starting: ElmJson; readonly expression: ElmJson }
}

/** Author's Guide, Queries: each combination of rows, its lets, its filter, what it returns, distinct, aggregate or sort; over null null. */
export function queried(elm: ElmJson, lists: readonly (Plain | undefined)[], answers: Answers): Plain {
  const query = elm as unknown as QueryParts
  if (lists.length !== query.source.length || !(lists as readonly Plain[]).every((list) => list === null || isList(list)))
    throw new NoOpinion('Query')
  if (lists.includes(null)) {
    if (lists.length > 1) throw new NoOpinion('a null among several sources')
    return null
  }
  let rows: Row[] = [new Map()]
  for (const [index, { alias }] of query.source.entries())
    rows = rows.flatMap((row) => (lists[index] as readonly Plain[]).map((item) => new Map([...row, [alias, item]])))
  const { aggregate } = query
  if (aggregate?.distinct === true) {
    // Rows that are the same once they passed the filter.
    const passed = rows.filter((row) => passes(query, row, answers) !== null)
    rows = passed.filter(
      (row, at) => !passed.slice(0, at).some((other) => [...row].every(([name, value]) => isSame(value, other.get(name)!) === true)),
    )
  }
  const kept = rows.flatMap((row) => passes(query, row, answers) ?? [])
  if (aggregate) {
    return kept.reduce<Plain>(
      (soFar, row) => evaluated(aggregate.expression, new Map([...row, [aggregate.identifier, soFar]]), answers),
      evaluated(aggregate.starting, new Map(), answers),
    )
  }
  const returned = kept.map((row) => (query.return ? evaluated(query.return.expression, row, answers) : [...row.values()][0]!))
  const items = query.return?.distinct
    ? returned.filter((one, at) => !returned.slice(0, at).some((earlier) => isSame(earlier, one) === true))
    : returned
  const [by] = query.sort?.by ?? []
  if (by && items.some((item) => isKind(item, 'range'))) throw new NoOpinion('the order of what is not certain')
  return by ? sorted(items, items, by.direction.startsWith('desc')) : items
}

/** The row with its lets; null when it is filtered out. */
function passes(query: QueryParts, row: Row, answers: Answers): Row | null {
  let whole = row
  for (const { identifier, expression } of query.let ?? []) whole = new Map([...whole, [identifier, evaluated(expression, whole, answers)]])
  return query.where && evaluated(query.where, whole, answers) !== true ? null : whole
}

function evaluated(elm: ElmJson, row: Row, answers: Answers): Plain {
  if (elm.type === 'AliasRef' || elm.type === 'QueryLetRef') {
    const value = row.get(String(elm.name))
    if (value === undefined) throw new NoOpinion(String(elm.name))
    return value
  }
  if (elm.type === 'As' && (elm.operand as ElmJson).type === 'Null') return null
  const inner = [elm.operand ?? []].flat() as ElmJson[]
  const values: Plain[] = []
  let found: readonly Plain[] = []
  for (const [at, one] of inner.entries()) {
    values.push(evaluated(one, row, answers))
    // What the first decides is not asked of the second: of true and false, and of what is to stand for a null.
    const isLast = at === inner.length - 1
    if (elm.type === 'Coalesce' && values[at] !== null) return values[at]!
    if (isLast || /^(?:And|Or|Implies)$/.test(elm.type)) found = answers(elm, isLast ? values : [...values, undefined])
    if (found.length > 0) break
  }
  if (inner.length === 0) found = answers(elm, [])
  if (found.length !== 1) throw new NoOpinion(elm.type)
  return found[0]!
}

/** A literal of whole numbers. */
export function literalOf({ valueType, value }: ElmJson): Plain {
  const type = /(Integer|Long)$/.exec(String(valueType))?.[1]
  if (!type) throw new NoOpinion(String(valueType))
  return { ...integer(0), type: type as 'Integer' | 'Long', units: BigInt(String(value)) * ONE }
}

type Values = readonly (Plain | undefined)[]
/** A query of the System model: its values are those of its sources. */
export const isOfValues = ({ source, sort }: ElmJson, values: Values): boolean =>
  Array.isArray(source) &&
  source.length === values.length &&
  values.every(
    (list) =>
      list === null ||
      (list !== undefined && isList(list) && list.every((one) => one === null || isKind(one, 'number') || isKind(one, 'range'))),
  ) &&
  ((sort as { by: { type: string }[] } | undefined)?.by ?? []).every(({ type }) => type === 'ByDirection')

/**
 * Of a query whose parts are told row by row: one that sorts has its items unsorted and their keys as its last two parts, one that returns what
 * it returns of each row, which a filter may not keep.
 */
export function sortedQuery(elm: ElmJson, values: Values): Plain {
  const [items, keys] = values.slice(-2)
  const [by] = (elm.sort as { by: By[] } | undefined)?.by ?? []
  if (by?.path !== undefined && isOnlySorted(elm) && values.length === 1) return byColumns(values[0]!, elm)
  if (!by && 'return' in elm) return returned(elm, values.at(-1))
  if (!by || items === undefined || keys === undefined || !isList(items) || !isList(keys)) throw new NoOpinion(elm.type)
  return sorted(items, keys, by.direction.startsWith('desc'))
}

/** Of several that are not certain nobody knows whether they are distinct. */
function returned(elm: ElmJson, rows: Plain | undefined): Plain {
  const items =
    rows === undefined || !isList(rows) ? [] : rows.map((row) => (isKind(row, 'tuple') && row.of.size === 1 ? row.of.get('v') : undefined))
  if (items.length === 0 || items.includes(undefined)) throw new NoOpinion(elm.type)
  const { distinct: wanted } = elm.return as { distinct?: boolean }
  const found = wanted === false ? (items as Plain[]) : distinct(items as Plain[])
  if ('where' in elm || (elm.relationship as unknown[] | undefined)?.length) throw new NoOpinion('which rows a filter keeps')
  return found
}

interface By {
  readonly direction: string
  readonly path?: string
}
const isOnlySorted = (elm: ElmJson): boolean => !('return' in elm || 'where' in elm || 'aggregate' in elm)

/** By the last column first: an order keeps what it finds. */
function byColumns(rows: Plain, elm: ElmJson): Plain {
  if (rows === null) return null
  if (!isList(rows)) throw new NoOpinion(elm.type)
  const cell = (row: Plain, path: string): Plain => (isKind(row, 'tuple') ? (row.of.get(path) ?? null) : null)
  return [...(elm.sort as { by: By[] }).by].reverse().reduce<readonly Plain[]>(
    (found, { path, direction }) =>
      sorted(
        found,
        found.map((row) => cell(row, path!)),
        direction.startsWith('desc'),
      ),
    rows,
  )
}
