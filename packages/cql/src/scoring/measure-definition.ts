import type { AggregateMethod } from './aggregate.ts'
import type { MembershipCode, Scoring } from './population-code.ts'

/** What a Measure says of its groups, in our words: `readMeasureDefinition` makes it of the FHIR resource. */
export interface MeasureDefinition {
  readonly groups: readonly GroupDefinition[]
  readonly supplementalData: readonly SupplementalDefinition[]
}

export interface GroupDefinition {
  readonly id: string
  readonly scoring: Scoring
  /** `boolean` counts people; a type counts items of that type. */
  readonly basis: string
  /** What the measure says of itself; published measures have it wrong at times, so nothing is computed from it. */
  readonly improvementNotation: 'increase' | 'decrease' | null
  /** In the measure's order. */
  readonly populations: readonly PopulationDefinition[]
  readonly observations: readonly ObservationDefinition[]
  readonly stratifiers: readonly StratifierDefinition[]
}

export interface PopulationDefinition {
  readonly id: string
  readonly code: MembershipCode
  /** Name of a definition of the measure's own library. */
  readonly expression: string
  /** Of a ratio with two initial populations: the id of the one that this population lies in. */
  readonly within: string | null
}

export interface ObservationDefinition {
  readonly id: string
  /** Name of the function of one item, or for basis boolean of the definition or the function without operands. */
  readonly observer: string
  /** Name of the definition that applies it to the observed population: see `withItemFunctions`. */
  readonly expression: string
  readonly aggregate: AggregateMethod
  /** Index of the observed population among the group's. */
  readonly observes: number
}

export interface StratifierDefinition {
  readonly id: string
  /** Names of definitions, or of functions of one item: one, or one for each component. */
  readonly expressions: readonly string[]
  /**
   * Of each expression that is a function the definitions that apply it to the items of each initial population (see
   * `withItemFunctions`), null of a definition.
   */
  readonly ofItems: readonly (readonly string[] | null)[]
  /** Populations that the stratifier is limited to; empty means all. */
  readonly appliesTo: readonly MembershipCode[]
}

export interface SupplementalDefinition {
  readonly id: string
  readonly expression: string
}
