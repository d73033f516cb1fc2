import { referenceOf, type FhirResource } from '../fhir/fhir-record.ts'
import { expand, expandInterval } from '../runtime/interval-lists.ts'
import { elementAt } from '../runtime/list.ts'
import { sortOrder } from '../runtime/sort-order.ts'
import { characterAt, textLength } from '../runtime/text.ts'
import { Interval, type Code, type Concept, type Quantity } from '../runtime/values.ts'

type Resources = readonly (FhirResource | null)[]

const isSame = (a: FhirResource | null, b: FhirResource | null): boolean =>
  a === b || (a !== null && b !== null && a.id === b.id && typeof a.id === 'string' && a.resourceType === b.resourceType)

/** Longer lists are worth a set. */
const few = 12

/** Distinct of resources: one of each type and id (CQL 1.5, Reference, Distinct). */
export function distinctResources(list: Resources): Resources {
  return list.length < 2 ? list : collect([list])
}

/** Union of resources; null is an empty list (CQL 1.5, Reference, Union). */
export function unionResources(...lists: readonly (Resources | null)[]): Resources {
  let only: Resources | null = null
  for (const list of lists) {
    if (list === null || list.length === 0) continue
    if (only !== null) return collect(lists)
    only = list
  }
  return only === null ? [] : distinctResources(only)
}

function collect(lists: readonly (Resources | null)[]): Resources {
  const found: (FhirResource | null)[] = []
  let seen: Set<unknown> | null = null
  for (const list of lists) {
    if (list === null) continue
    for (const resource of list) {
      if (seen === null && found.length >= few) seen = new Set(found.map(identityOf))
      if (seen === null) {
        if (!found.some((other) => isSame(other, resource))) found.push(resource)
      } else if (!seen.has(identityOf(resource))) {
        seen.add(identityOf(resource))
        found.push(resource)
      }
    }
  }
  return found
}

const identityOf = (resource: FhirResource | null): unknown =>
  resource && typeof resource.id === 'string' ? referenceOf(resource) : resource

interface Keyed {
  readonly item: unknown
  readonly keys: readonly unknown[]
}

/**
 * Items in the order of their keys; null comes first ascending (CQL 1.5, Author's Guide, "Sorting"). What is tied has no order there. By dates,
 * times and amounts ascending is descending read backwards, so that the last of the one is the first of the other: so has the engine with
 * which published cases are checked. Else what is tied keeps its place.
 */
export function sortByKeys(keyed: readonly Keyed[], descending: readonly boolean[]): unknown[] {
  const placed = keyed.map((one, place) => ({ ...one, place }))
  placed.sort((a, b) => {
    for (let index = 0; index < descending.length; index++) {
      const order = sortOrder(a.keys[index], b.keys[index])
      if (order !== 0) return descending[index] ? -order : order
    }
    return !descending[0] && typeof a.keys[0] === 'object' && a.keys[0] !== null ? b.place - a.place : a.place - b.place
  })
  return placed.map(({ item }) => item)
}

/** InCodeSystem without a terminology service: whether the code says it is of that system (CQL 1.5, Reference, "In (Codesystem)"). */
export function inCodeSystem(value: unknown, system: string | null): boolean {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return anyInCodeSystem(value, system)
  const codes = 'codes' in value ? ((value as Concept).codes ?? []) : [value as Code]
  return codes.some((code) => code?.system === system)
}

export const anyInCodeSystem = (values: unknown, system: string | null): boolean =>
  Array.isArray(values) ? values.some((value) => inCodeSystem(value, system)) : inCodeSystem(values, system)

/** Length of a text or a list (CQL 1.5, Reference, Length). */
export const length = (value: string | readonly unknown[] | null): number | null =>
  Array.isArray(value) ? value.length : textLength(value as string | null)

/** ToChars: the characters of a text (CQL 1.5, Reference, ToChars). */
export const toChars = (text: string | null): string[] | null => (text === null ? null : [...text])

/** Indexer of a text or a list (CQL 1.5, Reference, Indexer). */
export const indexer = (value: string | readonly unknown[] | null, index: number | null): unknown =>
  typeof value === 'string' ? characterAt(value, index) : elementAt(value, index)

/** Expand of an interval gives points, of a list of intervals intervals (CQL 1.5, Reference, Expand). */
export const expanded = (value: Interval | readonly (Interval | null)[] | null, per: Quantity | null = null): unknown =>
  value instanceof Interval ? expandInterval(value, per) : expand(value, per)
