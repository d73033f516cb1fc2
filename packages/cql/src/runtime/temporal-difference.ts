import { MS_PER_DAY, packedDate } from './civil.ts'
import { integerBetween } from './number-range.ts'
import { lastDay, lastMs } from './point.ts'
import { Precision, STEP_MS } from './precision.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import type { Uncertainty } from './uncertainty.ts'

/**
 * Whole periods and crossed boundaries between dates or times (CQL 1.5, Reference, Duration and Difference). An imprecise value lies
 * anywhere in its period, so the answer is a range from its last moment to its first (Developer's Guide, Uncertainty). Milliseconds of 25
 * days and seconds of 69 years are more than an Integer holds.
 */
type Temporal = CqlDate | CqlDateTime | CqlTime
type Count = (fromDay: number, fromMs: number, toDay: number, toMs: number, precision: Precision) => number

export const durationBetween = (left: unknown, right: unknown, precision: Precision): number | Uncertainty | null =>
  counted(left as Temporal | null, right as Temporal | null, precision, periods)

export const differenceBetween = (left: unknown, right: unknown, precision: Precision): number | Uncertainty | null =>
  counted(left as Temporal | null, right as Temporal | null, precision, boundaries)

function counted(from: Temporal | null, to: Temporal | null, precision: Precision, count: Count): number | Uncertainty | null {
  if (from === null || to === null) return null
  const [least, most] = endsOf(from, to, precision, count)
  return integerBetween(least, most)
}

/** The least and the most that it can be. */
function endsOf(from: Temporal, to: Temporal, precision: Precision, count: Count): readonly [least: number, most: number] {
  // Hours begin by the clock of the evaluation: of two clocks, that whose hours begin together with its hours.
  if (count === boundaries && from instanceof CqlDateTime && to instanceof CqlDateTime && from.offset % 60 !== 0 && to.offset % 60 === 0) {
    const [least, most] = endsOf(to, from, precision, count)
    return [-most, -least]
  }
  const fromDay = from instanceof CqlTime ? 0 : from.day
  const fromMs = from instanceof CqlDate ? 0 : from.ms
  const shift = zoneShift(from, to, precision, count)
  const day = to instanceof CqlTime ? 0 : to.day
  const ms = to instanceof CqlDate ? 0 : to.ms
  const [toDay, toMs] = shift === 0 ? [day, ms] : shifted(day, ms, shift)
  if (isWhole(from) && isWhole(to)) {
    const certain = count(fromDay, fromMs, toDay, toMs, precision)
    return [certain, certain]
  }
  const [lastToDay, lastToMs] = shifted(lastDay(day, to.precision), latestMs(to), shift)
  return [
    count(lastDay(fromDay, from.precision), latestMs(from), toDay, toMs, precision),
    count(fromDay, fromMs, lastToDay, lastToMs, precision),
  ]
}

/** Known to the last step: milliseconds not given are zero, with the seconds they are one precision (Reference, Duration and Difference). */
const isWhole = (value: Temporal): boolean => value.precision >= (value instanceof CqlDate ? Precision.Day : Precision.Second)
const latestMs = (value: Temporal): number => (value instanceof CqlDate ? 0 : isWhole(value) ? value.ms : lastMs(value.ms, value.precision))

/** Zones are brought together for hours and finer, and for whole periods of days, which are lengths of time. */
function zoneShift(from: Temporal, to: Temporal, precision: Precision, count: Count): number {
  if (!(from instanceof CqlDateTime && to instanceof CqlDateTime) || from.offset === to.offset) return 0
  if (count === boundaries && (precision <= Precision.Day || precision === Precision.Week)) return 0
  return (from.offset - to.offset) * 60_000
}

function shifted(day: number, ms: number, shift: number): [day: number, ms: number] {
  const local = ms + shift
  const days = Math.floor(local / MS_PER_DAY)
  return [day + days, local - days * MS_PER_DAY]
}

/** Whole periods, towards zero. */
function periods(fromDay: number, fromMs: number, toDay: number, toMs: number, precision: Precision): number {
  if (precision === Precision.Year || precision === Precision.Month) {
    const backwards = toDay < fromDay || (toDay === fromDay && toMs < fromMs)
    const months = backwards ? -wholeMonths(toDay, toMs, fromDay, fromMs) : wholeMonths(fromDay, fromMs, toDay, toMs)
    return precision === Precision.Month ? months : Math.trunc(months / 12) + 0
  }
  return Math.trunc(((toDay - fromDay) * MS_PER_DAY + toMs - fromMs) / STEP_MS[precision]!) + 0
}

/** A month is over on the same day of the next one; 29 February comes round on 1 March of a common year. */
function wholeMonths(fromDay: number, fromMs: number, toDay: number, toMs: number): number {
  const [from, to] = [packedDate(fromDay), packedDate(toDay)]
  const months = (Math.floor(to / 10_000) - Math.floor(from / 10_000)) * 12 + (Math.floor(to / 100) % 100) - (Math.floor(from / 100) % 100)
  const [fromOfMonth, toOfMonth] = [from % 100, to % 100]
  const reached = toOfMonth > fromOfMonth || (toOfMonth === fromOfMonth && toMs >= fromMs)
  return reached || months === 0 ? months : months - 1
}

/** Boundaries crossed: the values are first cut to the precision. Weeks begin on Sunday. */
function boundaries(fromDay: number, fromMs: number, toDay: number, toMs: number, precision: Precision): number {
  if (precision === Precision.Year) return Math.floor(packedDate(toDay) / 10_000) - Math.floor(packedDate(fromDay) / 10_000)
  if (precision === Precision.Month) return monthNumber(toDay) - monthNumber(fromDay)
  if (precision === Precision.Day) return toDay - fromDay
  // 1970-01-01 was a Thursday: the fourth day after a Sunday.
  if (precision === Precision.Week) return Math.floor((toDay + 4) / 7) - Math.floor((fromDay + 4) / 7)
  const unit = STEP_MS[precision]!
  return (toDay - fromDay) * (MS_PER_DAY / unit) + Math.floor(toMs / unit) - Math.floor(fromMs / unit)
}

function monthNumber(day: number): number {
  const packed = packedDate(day)
  return Math.floor(packed / 10_000) * 12 + (Math.floor(packed / 100) % 100)
}
