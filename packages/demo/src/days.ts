import { addDays, type Day, daysBetween } from '@carecommons/kernel'

const EPOCH: Day = '1970-01-01'

export const DAYS_PER_YEAR = 365.25

/** Days since 1970-01-01: the generator counts in these and writes text from a table. */
export const dayNumber = (day: Day): number => daysBetween(EPOCH, day)

const CLOCK = Array.from({ length: 24 * 60 }, (_, minute) => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`
})

/**
 * The calendar of one region: text, weekday and offset of each day in a range. The offset is that of noon, which holds
 * from 03:00 on also on the two days a year when the clock moves; nothing in a chart happens earlier.
 */
export class Days {
  private readonly texts: Day[] = []
  private readonly offsets: string[] = []
  readonly first: number
  readonly last: number

  constructor(first: number, last: number, zone: string) {
    this.first = first
    this.last = last
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    for (let day = first; day <= last; day++) {
      const name = format.formatToParts(day * 86_400_000 + 43_200_000).find((part) => part.type === 'timeZoneName')!.value
      this.texts.push(addDays(EPOCH, day))
      this.offsets.push(name.slice(3) || '+00:00')
    }
  }

  text(day: number): Day {
    return this.texts[day - this.first] ?? addDays(EPOCH, day)
  }

  /** A FHIR dateTime; `minute` counts from midnight, 180 to 1439. Only for days inside the range. */
  instant(day: number, minute: number): string {
    return this.texts[day - this.first]! + CLOCK[minute]! + this.offsets[day - this.first]!
  }

  year(day: number): number {
    return Number(this.text(day).slice(0, 4))
  }

  /** The day number of 1 January. */
  newYear(year: number): number {
    return dayNumber(`${year}-01-01`)
  }

  /** Months as one number, for "first of the month" and seasons: 0 is January. */
  month(day: number): number {
    return Number(this.text(day).slice(5, 7)) - 1
  }

  /** Practices are open Monday to Friday and closed on four fixed holidays. */
  isOpen(day: number): boolean {
    const weekday = (day + 4) % 7
    return weekday !== 0 && weekday !== 6 && !CLOSED.has(this.text(day).slice(5))
  }
}

const CLOSED = new Set(['01-01', '07-04', '11-11', '12-25'])
