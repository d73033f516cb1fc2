import type { MembershipResult } from '@carecommons/cql'
import type { Sensitivity } from '#modules/record'
import type { LoadedRegistry } from './loaded-registries.ts'
import type { EnteredBy, LeftBy, RegistryReason } from './registries.entity.ts'

/** A registry gone through over some of a chart's records. */
export interface Reading {
  /** The strictest label among the records it was gone through with; null: none with a label. */
  readonly label: Sensitivity | null
  readonly isIn: boolean
  readonly entry: readonly RegistryReason[]
  readonly exit: readonly RegistryReason[]
}

/** Null: the chart could not be evaluated. */
export function readingOf(registry: LoadedRegistry, result: MembershipResult, label: Sensitivity | null): Reading | null {
  const [group] = result.groups
  if (result.problem !== null || !group) return null
  const held = group.clauses.map(({ clause, resources }) => ({ clause: registry.clauses[clause]!, facts: resources.filter(isFact) }))
  const among = (names: readonly string[]): RegistryReason[] => names.flatMap((name) => held.find(({ clause }) => clause === name) ?? [])
  return { label, isIn: group.populations['initial-population'] > 0, entry: among(registry.entry), exit: among(registry.exit) }
}

/** That somebody is a patient is not what a registry rests on. */
const isFact = (reference: string): boolean => !reference.startsWith('Patient/')

/** A stay that goes on. */
export interface OpenStay {
  readonly id: string
  readonly registry: string
  readonly sensitivity: Sensitivity | null
}

export interface Standing {
  readonly registry: string
  /** From the readings with fewest labels to that with all; a single one where nothing of the chart is labelled. */
  readonly readings: readonly (Reading | null)[]
  /** Why who comes in comes in. */
  readonly enteredBy: EnteredBy
}

export interface Entering {
  readonly registry: string
  readonly label: Sensitivity | null
  readonly by: EnteredBy
  readonly reasons: readonly RegistryReason[]
}

export interface Leaving {
  readonly id: string
  readonly by: LeftBy
  readonly reasons: readonly RegistryReason[]
}

/**
 * What becomes of a chart's stay in a registry. A person is in it openly if the records without a label alone put them there, whatever
 * labelled ones would add or take away: to be missing would tell of them as well. Where only labelled records put somebody there, the stay
 * has their label. Whoever goes over from the one to the other ends one stay and begins another, since each is read by others.
 */
export function nextStay(stay: OpenStay | undefined, { registry, readings, enteredBy }: Standing): { enter?: Entering; leave?: Leaving } {
  const basis = readings.find((reading) => reading === null || reading.isIn)
  // A chart that cannot be evaluated says nothing: whoever is in stays in.
  if (basis === null) return {}
  if (basis === undefined) return stay ? { leave: leaving(stay, readings, enteredBy) } : {}
  if (stay?.sensitivity === basis.label) return {}
  return {
    enter: { registry, label: basis.label, by: enteredBy, reasons: basis.entry },
    ...(stay ? { leave: leaving(stay, readings, enteredBy) } : {}),
  }
}

/** Told by records that whoever reads the stay may read. */
function leaving(stay: OpenStay, readings: Standing['readings'], enteredBy: EnteredBy): Leaving {
  const exit = (stay.sensitivity === null ? readings[0] : readings.at(-1))?.exit ?? []
  const by = exit.length > 0 ? 'exit' : enteredBy === 'definition' ? 'definition' : 'ended'
  return { id: stay.id, by, reasons: exit }
}

export const RETIRED = { by: 'retired', reasons: [] } as const satisfies Omit<Leaving, 'id'>

/** Of several labels the stricter. */
export const strictest = (labels: readonly (Sensitivity | null)[]): Sensitivity | null =>
  labels.includes('part2') ? 'part2' : labels.includes('behavioral') ? 'behavioral' : null
