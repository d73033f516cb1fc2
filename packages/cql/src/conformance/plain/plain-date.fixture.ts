import { between } from './plain-number.fixture.ts'
import { isInYears, millisecondsOf, momentAt, NoOpinion, partsUpTo, Refusal } from './plain-point.fixture.ts'
import { ONE, type Amount, type Moment, type Plain } from './plain-value.fixture.ts'

const DAY = 86_400_000
const lengths: Readonly<Record<string, number>> = {
  week: 7 * DAY,
  day: DAY,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}
/** The length of the last part of a date or time that says as much: a year as 365 days, a month as 30. */
const lengthOfLast = ({ type, parts }: Moment): number =>
  [365 * DAY, 30 * DAY, DAY, 3_600_000, 60_000, 1000, 1][parts.length - 1 + (type === 'Time' ? 3 : 0)]!

/**
 * Reference, Add and Subtract of dates and times: years and months by the calendar, to the last day of a month that is too short; what
 * is finer than the value is counted in its own precision, a year being 12 months or 365 days, a month 30 days.
 */
export function moved(from: Moment, duration: Amount, sign: 1 | -1): Plain {
  const unit = duration.unit.replace(/s$/, '')
  const thousandths = unit === 'second' && lengthOfLast(from) === 1
  const count = Number(thousandths ? duration.units / (ONE / 1000n) : duration.units / ONE) * sign
  const step = thousandths ? 1 : lengths[unit]
  if (unit === 'year' || unit === 'month') return inYears(movedMonths(from, unit === 'year' ? count * 12 : count), from)
  if (step === undefined) throw new NoOpinion(unit)
  const last = lengthOfLast(from)
  if (from.type === 'Time') {
    const time = millisecondsOf(from) + (step < last ? Math.trunc((count * step) / last) * last : count * step)
    return momentAt(from, time)
  }
  if (last <= DAY) {
    const whole = step < last ? Math.trunc((count * step) / last) * last : count * step
    return inYears(momentAt(from, millisecondsOf(from) + whole), from)
  }
  return inYears(movedMonths(from, Math.trunc((count * step) / last) * (from.parts.length === 1 ? 12 : 1)), from)
}

/** What is moved past an end of the range is an error; the end itself stands for none, and what is past it is unknown. */
function inYears(at: Moment, from: Moment): Moment | null {
  if (isInYears(at)) return at
  const [year, month = 1, day = 1] = from.parts
  if ((year === 1 && month === 1 && day === 1) || (year === 9999 && month === 12 && day === 31)) return null
  throw new Refusal('Past the years 1 to 9999.')
}

function movedMonths(from: Moment, months: number): Moment {
  const [year = 0, month, day, ...clock] = from.parts
  if (month === undefined) return { ...from, parts: [year + Math.trunc(months / 12)] }
  const all = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(all / 12), (((all % 12) + 12) % 12) + 1]
  if (day === undefined) return { ...from, parts: [toYear, toMonth] }
  // The day before the first of the next month.
  const next = new Date(0)
  next.setUTCFullYear(toYear, toMonth, 0)
  return { ...from, parts: [toYear, toMonth, Math.min(day, next.getUTCDate()), ...clock] }
}

/** Reference, Difference, of hours and finer: how many of them begin after the one and not after the other, by the clock of the evaluation. */
export const difference = (from: Moment, to: Moment, precision: string): Plain =>
  counted(from, to, precision, (early, late, unit) => Math.floor(late / unit) - Math.floor(early / unit))

/** Reference, Duration, of hours and finer: how many whole ones lie between. Of months and years Appendix H: by the months, and the days in them. */
export function duration(from: Moment, to: Moment, precision: string): Plain {
  if (precision !== 'Month' && precision !== 'Year')
    return counted(from, to, precision, (early, late, unit) => Math.trunc((late - early) / unit))
  if (from.offset !== to.offset || from.type === 'Time' || to.type === 'Time')
    throw new NoOpinion('Months by two clocks, or of a time of day.')
  const count = (early: number, late: number): bigint => {
    const months = late < early ? -wholeMonths(late, early) : wholeMonths(early, late)
    return BigInt(Math.trunc(months / (precision === 'Year' ? 12 : 1)))
  }
  return between(count(lastPoint(from), millisecondsOf(to)), count(millisecondsOf(from), lastPoint(to)))
}

/** Of a Date the day, which has no time. */
const lastPoint = (at: Moment): number => (at.type === 'Date' ? Math.floor(lastOf(at) / DAY) * DAY : lastOf(at))

function wholeMonths(early: number, late: number): number {
  const [a, b] = [new Date(early), new Date(late)]
  const begun = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
  const intoMonth = (at: Date): number => (at.getUTCDate() - 1) * DAY + (((at.getTime() % DAY) + DAY) % DAY)
  return begun - (intoMonth(b) < intoMonth(a) ? 1 : 0)
}

function counted(from: Moment, to: Moment, precision: string, count: (early: number, late: number, unit: number) => number): Plain {
  const unit = lengths[precision.toLowerCase()]
  if (unit === undefined || unit >= DAY) throw new NoOpinion(precision)
  const [a, b] = [from, to].map((at) => {
    const first = millisecondsOf(at) - at.offset * 60_000
    return { first, last: lastOf(at) - at.offset * 60_000 }
  }) as [{ first: number; last: number }, { first: number; last: number }]
  const [low, high] = [BigInt(count(a.last, b.first, unit)), BigInt(count(a.first, b.last, unit))]
  return between(low, high)
}

function lastOf(at: Moment): number {
  // Seconds and milliseconds are one precision: milliseconds that are not given are zero.
  if (at.parts.length >= partsUpTo('second', at.type)) return millisecondsOf(at)
  const parts = at.parts.map((part, index) => (index === at.parts.length - 1 ? part + 1 : part))
  return millisecondsOf({ ...at, parts }) - 1
}
