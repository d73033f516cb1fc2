import { type Day, dayIn } from './calendar.ts'

/** Time is injected, so that a test can stand on any day. */
export interface Clock {
  now(): Date
  /** Today in a time zone (IANA name). */
  today(zone: string): Day
}

export const systemClock: Clock = {
  now: () => new Date(),
  today: (zone) => dayIn(zone, new Date()),
}

/** A clock that stands still. */
export const clockAt = (instant: string): Clock => ({
  now: () => new Date(instant),
  today: (zone) => dayIn(zone, new Date(instant)),
})
