import type { Day } from '@carecommons/kernel'

/**
 * Periods that are published never overlap: the figures of two that do could be subtracted from each other, and what remains is that of
 * few people. Whole calendar years cannot overlap.
 */
export const isCalendarYear = ({ start, end }: { readonly start: Day; readonly end: Day }): boolean =>
  /^(19|20)\d\d-01-01$/.test(start) && end === `${start.slice(0, 4)}-12-31`
