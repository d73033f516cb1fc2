import { gateOf, observedIn, type Gate } from './gate.ts'
import { numberOf, wordOf, type Plain } from './plain.ts'
import type { GroupDefinition } from './measure-definition.ts'

/** How an engine shows its values of the chart in hand. */
export interface ChartValues {
  /** The value of a definition of the measure's own library. */
  valueOf(definition: string): unknown
  /** The same where it was needed so far; undefined elsewhere. */
  peek(definition: string): unknown
  /** Resources that made an `exists` in it true, where the engine knows. */
  found?(definition: string): readonly unknown[]
  /** Equal for items that are the same: `Type/id` of a resource. */
  keyOf(item: unknown): string
  /** A value as JSON: dates as their text, codes and quantities as objects, resources as they came. */
  plainOf(value: unknown): Plain
  /** Why the last value could not be computed, in words with library, definition and node. */
  inWords?(error: unknown): string
  /** `Type/id` of a resource; null for anything else. */
  referenceOf(item: unknown): string | null
}

/** Where one person stands in a group. */
export interface GroupResult {
  /** How many items (0 or 1 for basis boolean) are in each population, in the definition's order. */
  readonly counts: readonly number[]
  /** What each observation observed, in the definition's order. */
  readonly observations: readonly (readonly number[])[]
  readonly strata: readonly StratumResult[]
}

export interface StratumResult {
  /** Id of the stratifier. */
  readonly stratifier: string
  /** Null for a stratifier that says yes or no; else the value that makes the stratum. */
  readonly value: string | null
  readonly counts: readonly number[]
  /** Why nobody can say whether the person is in it: then in none of the stratifier's strata, and in the populations all the same. */
  readonly problem?: string
}

export interface GroupScorer {
  score(values: ChartValues): GroupResult
}

const person = 'person'
const nothing: readonly never[] = []

/** Prepares a group for charts. */
export function groupScorer(group: GroupDefinition): GroupScorer {
  const gate = gateOf(group)
  const nowhere: GroupResult = Object.freeze({
    counts: group.populations.map(() => 0),
    observations: group.observations.map(() => nothing),
    strata: group.stratifiers.flatMap(({ id }) => ({ stratifier: id, value: null, counts: group.populations.map(() => 0) })),
  })
  const order = initialFirst(group)
  const observed = group.observations.map(({ observes }) => observedIn(group, observes))
  const score = group.basis === 'boolean' ? scorePerson : scoreItems
  return {
    score(values) {
      const held = score(group, order, gate, values)
      if (held.size === 0) return nowhere
      return {
        counts: countsOf(group, held.values()),
        observations: group.observations.map((observation, index) => observe(group, observation, observed[index]!, held, values)),
        strata: group.stratifiers.flatMap((stratifier) => strataOrProblem(group, stratifier, held, values)),
      }
    },
  }
}

interface Item {
  readonly item: unknown
  readonly bits: number
}
/** Items in at least one population, by key. */
type Held = ReadonlyMap<string, Item>
const none: Held = new Map()

/** Initial populations come first: whoever is in none is asked nothing more. */
function initialFirst(group: GroupDefinition): { readonly initial: readonly number[]; readonly others: readonly number[] } {
  const indexes = group.populations.map((_, index) => index)
  const isInitial = (index: number): boolean => group.populations[index]!.code === 'initial-population'
  return { initial: indexes.filter(isInitial), others: indexes.filter((index) => !isInitial(index)) }
}

function scorePerson(group: GroupDefinition, order: ReturnType<typeof initialFirst>, gate: Gate, values: ChartValues): Held {
  const bit = (index: number): number => (isMet(values.valueOf(group.populations[index]!.expression)) ? 1 << index : 0)
  let met = 0
  for (const index of order.initial) met |= bit(index)
  if (met === 0) return none
  for (const index of order.others) {
    met |= bit(index)
    // Whoever misses the denominator is in nothing that follows; asking would only cost time.
    if (isDecided(group, index, met)) break
  }
  const held = gate(met)
  return held === 0 ? none : new Map([[person, { item: undefined, bits: held }]])
}

const isDecided = (group: GroupDefinition, index: number, met: number): boolean =>
  isExcluded(group, index, met) ||
  (group.scoring === 'proportion' && group.populations[index]!.code === 'denominator' && (met & (1 << index)) === 0) ||
  (group.scoring === 'continuous-variable' && group.populations[index]!.code === 'measure-population' && (met & (1 << index)) === 0)

/** Nor does it matter what else holds for whoever is excluded: in real records that may even be what cannot be computed. */
const isExcluded = ({ scoring, populations }: GroupDefinition, index: number, met: number): boolean =>
  scoring === 'proportion' &&
  populations[index]!.code === 'denominator-exclusion' &&
  populations.every(({ code }, at) => (code !== 'denominator' && at !== index) || (met & (1 << at)) !== 0)

/** A criterion of a person: true, or a list that holds something. */
const isMet = (value: unknown): boolean => value === true || (Array.isArray(value) && value.length > 0)

function scoreItems(group: GroupDefinition, order: ReturnType<typeof initialFirst>, gate: Gate, values: ChartValues): Held {
  const met = new Map<string, { item: unknown; bits: number }>()
  const add = (index: number): void => {
    const found = values.valueOf(group.populations[index]!.expression)
    if (!Array.isArray(found)) return
    for (const item of found) {
      if (item === null || item === undefined) continue
      const key = values.keyOf(item)
      const known = met.get(key)
      if (known) known.bits |= 1 << index
      else met.set(key, { item, bits: 1 << index })
    }
  }
  for (const index of order.initial) add(index)
  if (met.size === 0) return none
  for (const index of order.others) add(index)
  const held = new Map<string, Item>()
  for (const [key, { item, bits }] of met) {
    const gated = gate(bits)
    if (gated !== 0) held.set(key, { item, bits: gated })
  }
  return held
}

function countsOf(group: GroupDefinition, items: Iterable<Item>): number[] {
  const counts = group.populations.map(() => 0)
  for (const { bits } of items) for (let index = 0; index < counts.length; index++) if ((bits & (1 << index)) !== 0) counts[index]! += 1
  return counts
}

/** The values observed for items of a population; its definition and the observing one list them in the same order. */
function observe(
  group: GroupDefinition,
  { expression, observes }: GroupDefinition['observations'][number],
  isObserved: (held: number) => boolean,
  held: Held,
  values: ChartValues,
): readonly number[] {
  const numbers = (value: unknown): readonly number[] => {
    const number = numberOf(values.plainOf(value))
    return number === null ? nothing : [number]
  }
  const observed = values.valueOf(expression)
  if (group.basis === 'boolean') return isObserved(held.get(person)!.bits) ? [observed].flat().flatMap(numbers) : nothing
  const items = values.valueOf(group.populations[observes]!.expression)
  if (!Array.isArray(items) || !Array.isArray(observed)) return nothing
  const seen = new Set<string>()
  return items.flatMap((item: unknown, index) => {
    const key = item === null ? null : values.keyOf(item)
    const found = key === null || seen.has(key) ? undefined : held.get(key)
    if (key !== null) seen.add(key)
    return found && isObserved(found.bits) ? numbers(observed[index]) : []
  })
}

type Stratifier = GroupDefinition['stratifiers'][number]

/** A stratifier only parts a population: what stops it takes nobody out of that. */
function strataOrProblem(group: GroupDefinition, stratifier: Stratifier, held: Held, values: ChartValues): StratumResult[] {
  try {
    return strataOf(group, stratifier, held, values)
  } catch (error) {
    if (!values.inWords) throw error
    const problem = `${group.id}, stratifier ${stratifier.id}: ${values.inWords(error)}`
    return [{ stratifier: stratifier.id, value: null, counts: group.populations.map(() => 0), problem }]
  }
}

/**
 * A stratifier that is true or false takes the whole person; one that lists items takes those; any other value names the stratum that
 * the person falls in, of several components with all their values. A function of an item says the same of each item.
 */
function strataOf(
  group: GroupDefinition,
  { id, expressions, ofItems, appliesTo }: Stratifier,
  held: Held,
  values: ChartValues,
): StratumResult[] {
  const limits = group.populations.reduce((bits, { code }, index) => (appliesTo.includes(code) ? bits | (1 << index) : bits), 0)
  const applies = ({ bits }: Item): boolean => limits === 0 || (bits & limits) !== 0
  const items = ofItems.map((names) => names && valuesOfItems(group, names, values))
  const found = expressions.map((expression, index) => (items[index] ? null : values.valueOf(expression)))
  const inside = (keep: (key: string) => boolean): Item[] =>
    [...held].filter(([key, item]) => keep(key) && applies(item)).map(([, item]) => item)
  const stratum = (value: string | null, items: readonly Item[]): StratumResult => ({
    stratifier: id,
    value,
    counts: countsOf(group, items),
  })
  if (items.some((one) => one !== null)) {
    const component = (key: string, index: number): unknown => (items[index] ? items[index].get(key) : found[index])
    if (found.length === 1 && [...items[0]!.values()].every((value) => typeof value === 'boolean' || value === null)) {
      return [
        stratum(
          null,
          inside((key) => component(key, 0) === true),
        ),
      ]
    }
    const wordsOf = (key: string): string =>
      found.map((_, index) => wordOf(values.plainOf(component(key, index) ?? null)) ?? 'unknown').join(', ')
    const kinds = new Set([...held.keys()].map(wordsOf))
    return [...kinds].map((value) =>
      stratum(
        value,
        inside((key) => wordsOf(key) === value),
      ),
    )
  }
  const [only] = found
  if (found.length === 1 && (typeof only === 'boolean' || only === null || only === undefined)) {
    return [stratum(null, only === true ? inside(() => true) : [])]
  }
  if (found.length === 1 && Array.isArray(only) && group.basis !== 'boolean') {
    const listed = new Set(only.filter((item) => item !== null).map((item) => values.keyOf(item)))
    return [
      stratum(
        null,
        inside((key) => listed.has(key)),
      ),
    ]
  }
  if (found.length === 1 && Array.isArray(only)) return [stratum(null, only.length > 0 ? inside(() => true) : [])]
  return [
    stratum(
      found.map((value) => wordOf(values.plainOf(value)) ?? 'unknown').join(', '),
      inside(() => true),
    ),
  ]
}

/** What a function gave for the items of the initial populations, by key. */
function valuesOfItems(group: GroupDefinition, names: readonly string[], values: ChartValues): Map<string, unknown> {
  const initials = group.populations.filter(({ code }) => code === 'initial-population')
  const found = new Map<string, unknown>()
  for (const [index, name] of names.entries()) {
    const [items, given] = [values.valueOf(initials[index]!.expression), values.valueOf(name)]
    if (!Array.isArray(items) || !Array.isArray(given)) continue
    for (const [at, item] of (items as readonly unknown[]).entries()) if (item !== null) found.set(values.keyOf(item), given[at])
  }
  return found
}
