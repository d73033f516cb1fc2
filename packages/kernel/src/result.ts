/** An expected "no", told as a fact in the past. Bugs throw; refusals are returned. */
export interface Refusal {
  readonly refused: true
  /** A fact, for programs: `NotFound`, `SlotTaken`, `ConsentMissing`. */
  readonly code: string
  /** What happened and what to do, for people. */
  readonly message: string
}

export const refused = (code: string, message: string): Refusal => ({ refused: true, code, message })

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && value.refused === true
