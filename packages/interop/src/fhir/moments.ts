import { type Day, daysInMonth } from '@carecommons/kernel'
import type { Precision } from './resource.ts'

export interface Moment {
  readonly at: string
  readonly precision: Precision
}

/** The first moment a FHIR date or dateTime can mean, in a form PostgreSQL reads (microseconds at most). */
export function startOf(text: string): Moment {
  if (text.length === 4) return { at: `${text}-01-01`, precision: 'year' }
  if (text.length === 7) return { at: `${text}-01`, precision: 'month' }
  return text.length === 10 ? { at: text, precision: 'day' } : { at: toMicroseconds(text), precision: 'instant' }
}

/** The last day a FHIR date or dateTime can mean, or its instant. */
export function endOf(text: string): Moment {
  if (text.length === 4) return { at: `${text}-12-31`, precision: 'year' }
  if (text.length === 7) return { at: `${text}-${daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5)))}`, precision: 'month' }
  return startOf(text)
}

/** The day as written by the sender, that is on the sender's wall. */
export const dayOf = (moment: Moment): Day => moment.at.slice(0, 10)

const toMicroseconds = (text: string): string => (text.length > 27 ? text.replace(/(\.\d{6})\d+/, '$1') : text)
