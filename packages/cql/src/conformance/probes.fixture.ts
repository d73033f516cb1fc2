import type { ElmJson } from './random-elm.fixture.ts'

/** A part of an expression as an expression of its own: what it gives, for each row of the queries around it. */
export interface Probe {
  readonly part: ElmJson
  readonly expression: ElmJson
  /** The rows in the same place: where they fail or are others, that lies in what is around it. */
  readonly control: ElmJson
  /** How many queries are around it. */
  readonly depth: number
  /** Both with one item of each query around it, or of the outer ones. */
  readonly alone: (places: readonly number[]) => Pick<Probe, 'expression' | 'control'>
  /** Parts right inside it; of a query that sorts the last two are itself unsorted and what it sorts by. */
  readonly inside: readonly ElmJson[]
  /** A name of something: asked for its value, a difference of which is that of what it names. */
  readonly isName: boolean
}

/** A query around a part: the aliases that it brings. */
interface Around {
  readonly source: readonly unknown[]
  readonly let: readonly unknown[]
}

const isElm = (value: unknown): value is ElmJson =>
  typeof value === 'object' && value !== null && 'type' in value && !/Specifier$|^With|^By/.test(String(value.type))
const list = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? (value as Record<string, unknown>[]) : [])

/** Every part of an expression, innermost first, itself last. Sort keys and aggregates are not parts. */
export function probesOf(elm: ElmJson): Probe[] {
  const probes: Probe[] = []
  visit(elm, [], probes)
  return probes
}

function visit(part: ElmJson, around: readonly Around[], probes: Probe[]): void {
  const inside = part.type === 'Query' ? queryParts(part, around, probes) : plainParts(part)
  if (part.type !== 'Query') for (const inner of inside) visit(inner, around, probes)
  const isName = /^(?:Alias|QueryLet|Expression|Parameter)Ref$/.test(part.type)
  if (isName || !/Ref$/.test(part.type) || part.type === 'FunctionRef')
    probes.push({
      part,
      inside,
      isName,
      depth: around.length,
      ...inRows(part, around),
      alone: (places) => inRows(part, onlyAt(around, places)),
    })
}

const inRows = (part: ElmJson, around: readonly Around[]): Pick<Probe, 'expression' | 'control'> => ({
  expression: wrapped(part, around),
  control: wrapped(rowOf(around), around),
})

function onlyAt(around: readonly Around[], places: readonly number[]): Around[] {
  const index = (value: number): ElmJson => ({ type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}Integer', value: String(value) })
  const item = (of: Record<string, unknown>, place: number): object => ({
    ...of,
    expression: { type: 'Slice', source: of.expression, startIndex: index(place), endIndex: index(place + 1) },
  })
  return around.map((one, level) => {
    const place = places[level]
    return place === undefined ? one : { ...one, source: list(one.source).map((of) => item(of, place)) }
  })
}

function plainParts(part: ElmJson): ElmJson[] {
  if (part.type === 'Retrieve') return []
  return Object.values(part).flatMap((value) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) => (isElm(one) ? [one] : caseParts(one))),
  )
}

const caseParts = (item: unknown): ElmJson[] =>
  typeof item === 'object' && item !== null && 'when' in item ? Object.values(item).filter(isElm) : []

function queryParts(query: ElmJson, around: readonly Around[], probes: Probe[]): ElmJson[] {
  const found: ElmJson[] = []
  const go = (value: unknown, scopes: readonly Around[]): void => {
    if (!isElm(value)) return
    found.push(value)
    visit(value, scopes, probes)
  }
  const source = list(query.source)
  for (const { expression } of source) go(expression, around)
  const lets = list(query.let)
  for (const [index, { expression }] of lets.entries()) go(expression, [...around, { source, let: lets.slice(0, index) }])
  const own = [...around, { source, let: lets }]
  for (const { alias, expression, suchThat } of list(query.relationship)) {
    go(expression, own)
    go(suchThat, [...own, { source: [{ alias, expression }], let: [] }])
  }
  go(query.where, own)
  go((query.return as Record<string, unknown> | undefined)?.expression, own)
  const [by] = list((query.sort as Record<string, unknown> | undefined)?.by)
  if (by) {
    const unsorted = Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'sort')) as ElmJson
    const keys = by.type === 'ByExpression' ? keysOf(unsorted, by.expression as ElmJson) : unsorted
    found.push(unsorted, keys)
    for (const part of new Set([unsorted, keys])) visit(part, around, probes)
  }
  return found
}

/** What a query is sorted by, of each of its items. */
function keysOf(unsorted: ElmJson, key: ElmJson): ElmJson {
  const item = { type: 'AliasRef', name: 'sorted' }
  const ofItem = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(ofItem)
    if ('type' in value && value.type === 'IdentifierRef')
      return { type: 'Property', path: (value as unknown as { name: string }).name, source: item }
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, ofItem(part)]))
  }
  return {
    type: 'Query',
    source: [{ alias: 'sorted', expression: unsorted }],
    let: [],
    relationship: [],
    return: { distinct: false, expression: ofItem(key) },
  } as ElmJson
}

/** What the aliases around a part stand for. */
function rowOf(around: readonly Around[]): ElmJson {
  const aliases = around.flatMap(({ source }) => list(source)).map(({ alias }) => String(alias))
  if (aliases.length === 0) return { type: 'Null' }
  return { type: 'Tuple', element: aliases.map((name) => ({ name, value: { type: 'AliasRef', name } })) }
}

/** In a tuple, so that null is a row like any other. */
function wrapped(part: ElmJson, around: readonly Around[]): ElmJson {
  return around.reduceRight<ElmJson>(
    (value, { source, let: lets }) => ({
      type: 'Query',
      ...{ source, let: lets, relationship: [] },
      return: { distinct: false, expression: { type: 'Tuple', element: [{ name: 'v', value }] } },
    }),
    part,
  )
}
