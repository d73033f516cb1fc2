import { addDays, type Day, daysBetween } from '@carecommons/kernel'

/** How near the end of a credential is: past it, or within so many days of it. */
export const expiryStates = ['expired', 'within-7', 'within-30', 'within-90', 'holds'] as const
export type ExpiryState = (typeof expiryStates)[number]

/** A credential holds on its last day. */
export function expiryOf(expiresOn: Day | null, today: Day): ExpiryState {
  if (expiresOn === null) return 'holds'
  const left = daysBetween(today, expiresOn)
  if (left < 0) return 'expired'
  if (left <= 7) return 'within-7'
  if (left <= 30) return 'within-30'
  return left <= 90 ? 'within-90' : 'holds'
}

/** The last day on which any of these licenses holds: null when one never ends, undefined when there is none. */
export function lastLicensedDay(licenses: readonly { readonly expiresOn: Day | null }[]): Day | null | undefined {
  if (licenses.length === 0) return undefined
  if (licenses.some(({ expiresOn }) => expiresOn === null)) return null
  return licenses.map(({ expiresOn }) => expiresOn!).reduce((last, day) => (day > last ? day : last))
}

/** Continuing education counts over two years, as most boards renew. */
export const educationSince = (today: Day): Day => addDays(today, -730)
