/** A case that did not pass, as it is kept and told. */
export interface DeckOutcome {
  readonly id: string
  readonly title: string
  readonly verdict: 'failed' | 'undecided'
  /** Why the case could not be evaluated. */
  readonly problem: string | null
  /** What others say of what it expects. */
  readonly doubts: readonly string[]
  readonly differences: readonly DeckDifference[]
  readonly evidence: readonly DeckEvidence[]
}

export interface DeckDifference {
  readonly group: string
  readonly stratum: string | null
  readonly population: string
  readonly expected: number
  /** Null: the measure has no such population. */
  readonly got: number | null
}

/** A definition that held for the case, and what it returned. */
export interface DeckEvidence {
  readonly group: string
  readonly definition: string
  /** `Type/id` */
  readonly resources: readonly string[]
}
