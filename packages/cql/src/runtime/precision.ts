/**
 * Precisions of dates and times as small integers, coarse to fine, so that two of them compare as numbers
 * (CQL 1.5, Author's Guide, Date and Time Operators). Week is no precision of a value, only of durations.
 */
export const Precision = { Year: 1, Month: 2, Day: 3, Hour: 4, Minute: 5, Second: 6, Millisecond: 7, Week: 8 } as const
export type Precision = (typeof Precision)[keyof typeof Precision]

const byElm: Record<string, Precision | undefined> = { ...Precision }

/** The precision that an ELM node names (`Day`); null when it names none. */
export const precisionFromElm = (name: string | null | undefined): Precision | null => (name ? (byElm[name] ?? null) : null)
