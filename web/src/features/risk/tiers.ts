/** Tiers of risk, the lowest first. */
export const TIERS: readonly number[] = [0, 1, 2, 3, 4]
