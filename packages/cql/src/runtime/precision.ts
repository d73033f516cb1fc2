/**
 * Precisions of dates and times as small integers, coarse to fine, so that two of them compare as numbers
 * (CQL 1.5, Author's Guide, Date and Time Operators). Week is no precision of a value, only of durations.
 */
export const Precision = { Year: 1, Month: 2, Day: 3, Hour: 4, Minute: 5, Second: 6, Millisecond: 7, Week: 8 } as const
export type Precision = (typeof Precision)[keyof typeof Precision]

const byElm: Record<string, Precision | undefined> = { ...Precision }

/** The precision that an ELM node names (`Day`); null when it names none. */
export const precisionFromElm = (name: string | null | undefined): Precision | null => (name ? (byElm[name] ?? null) : null)

/** Milliseconds of one step, by precision; the steps of years and months are counted in days. */
export const STEP_MS: readonly number[] = [0, 86_400_000, 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1, 604_800_000]
