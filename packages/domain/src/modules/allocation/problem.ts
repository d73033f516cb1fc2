/**
 * Who can serve which practice: plain values in, so that whoever asks says what they rest on. It has no word for who pays, and nothing in this
 * folder may read it: hours go where the need is (`test/access/allocation-without-coverage`).
 */
export interface Problem {
  readonly practices: readonly PracticeNeed[]
  readonly staff: readonly StaffTime[]
  readonly rules: Rules
}

/** What a practice's patients need, in minutes a week. */
export interface PracticeNeed {
  readonly id: string
  /** The state whose license it takes to work there. */
  readonly state: string
  readonly needs: readonly Need[]
}

export interface Need {
  /** What is to be done. */
  readonly duty: string
  /** Only somebody who speaks it can do this part; null: anybody. */
  readonly language: string | null
  readonly minutes: number
}

export interface StaffTime {
  readonly id: string
  readonly discipline: string
  /** States of the licenses in force. */
  readonly states: readonly string[]
  readonly languages: readonly string[]
  /** Minutes a week for practices: paid, less leave, travel, meetings, training and supervision. */
  readonly availableMinutes: number
  /** Minutes a week set aside for travel; the plan never needs more. */
  readonly travelAllowance: number
  /** Minutes a week on the road when serving a practice. */
  readonly travelMinutes: Readonly<Record<string, number>>
  /** Minutes a week for each practice served today. */
  readonly currentMinutes: Readonly<Record<string, number>>
}

export interface Rules {
  /** Hours are given in whole steps; a started step of need counts whole. */
  readonly stepMinutes: number
  /** Who comes to a practice at all comes for so long, or for all that it needs of this person where that is less. */
  readonly minimumBlockMinutes: number
  /** At most so many practices for one person. */
  readonly maximumPractices: number
  /** So many levels between nothing and all of the need: practices on one level count as served alike. */
  readonly levels: number
  /** Scope of practice: by duty the disciplines that may do it. What is not here nobody may do. */
  readonly scope: Readonly<Record<string, readonly MayDo[]>>
  readonly pins: readonly Pin[]
  readonly forbids: readonly Pair[]
}

export interface MayDo {
  readonly discipline: string
  readonly needsLicense: boolean
}

export interface Pair {
  readonly staffId: string
  readonly practiceId: string
}

/** This person serves this practice: for exactly so long, or for as long as the plan finds best. */
export interface Pin extends Pair {
  readonly minutes: number | null
}
