import type { Bar } from './eligible.ts'
import type { Proof } from './solve.ts'

/** Who serves which practice for how long, minutes a week throughout, with what it is worth and why. */
export interface Plan {
  readonly hours: readonly Hours[]
  readonly practices: readonly PracticeShare[]
  readonly staff: readonly StaffShare[]
  /** Time that is given today and not in the plan. */
  readonly ending: readonly Ending[]
  readonly figures: PlanFigures
  /** In the order in which they were made the most of. */
  readonly proofs: readonly Proof[]
  /** What each rule costs; those that there was no time for are not here. */
  readonly prices: readonly Price[]
}

/** One person's time for one practice. */
export interface Hours {
  readonly staffId: string
  readonly practiceId: string
  readonly minutes: number
  readonly byNeed: readonly { readonly duty: string; readonly language: string | null; readonly minutes: number }[]
  readonly currentMinutes: number
  readonly travelMinutes: number
  readonly because: readonly Reason[]
}

export type Reason =
  | { readonly kind: 'pinned' }
  /** So much of today's time stays with the same person. */
  | { readonly kind: 'kept'; readonly minutes: number }
  /** Nobody else in the region may do this part. */
  | { readonly kind: 'only-one'; readonly duty: string; readonly language: string | null }
  /** What the practice's share of its need would be without, in percent, and is with this person. */
  | { readonly kind: 'lifts'; readonly from: number; readonly to: number }

export interface PracticeShare {
  readonly practiceId: string
  readonly neededMinutes: number
  readonly servedMinutes: number
  /** Of the levels of the rules, 0 to all. */
  readonly level: number
  readonly unserved: readonly Unserved[]
}

/** A part of a practice's need that nobody serves, and why. */
export interface Unserved {
  readonly duty: string
  readonly language: string | null
  readonly minutes: number
  /**
   * `nobody-may`: those in whose scope it is are kept from it by these rules. `all-planned`: nobody who may has time left. `rules`: somebody
   * has, and blocks, travel or the number of practices keep it from here.
   */
  readonly because: { readonly kind: 'nobody-may'; readonly bars: readonly Bar[] } | { readonly kind: 'all-planned' | 'rules' }
}

export interface StaffShare {
  readonly staffId: string
  readonly availableMinutes: number
  readonly plannedMinutes: number
  readonly travelMinutes: number
  readonly practices: number
}

export interface Ending {
  readonly staffId: string
  readonly practiceId: string
  readonly minutes: number
  readonly because: Bar | 'no-need' | 'needed-elsewhere'
}

export interface PlanFigures {
  readonly neededMinutes: number
  readonly servedMinutes: number
  /** Shares of need in percent: the least served practice, the mean, and Jain's index of how alike they are (1: all alike). */
  readonly leastShare: number
  readonly meanShare: number
  readonly evenness: number
  /** Today's minutes, and how many stay with the same person. */
  readonly currentMinutes: number
  readonly keptMinutes: number
  readonly travelMinutes: number
}

/** The same problem without one rule: what the least served practice, all practices by level and all minutes would be. */
export interface Price {
  readonly rule: PricedRule
  readonly leastLevel: number
  /** By level from 1 on: practices that reach it. */
  readonly practicesAtLevel: readonly number[]
  readonly servedMinutes: number
  readonly proven: boolean
}

export type PricedRule =
  | { readonly kind: 'minimum-block' | 'maximum-practices' | 'travel' | 'language' | 'license' }
  | { readonly kind: 'pin' | 'forbid'; readonly staffId: string; readonly practiceId: string }
