import { MS_PER_DAY, dayOf, epochDay, monthOf, yearOf } from './civil.ts'
import { Precision } from './precision.ts'

/**
 * CQL Date (CQL 1.5, Reference, Date): the first day it may be, counted from 1970-01-01, and how much of it is known.
 * A partial date lies anywhere in its year or month.
 */
export class CqlDate {
  readonly day: number
  readonly precision: Precision

  constructor(day: number, precision: Precision) {
    this.day = day
    this.precision = precision
  }

  static of(year: number, month?: number | null, day?: number | null): CqlDate {
    if (month == null) return new CqlDate(epochDay(year, 1, 1), Precision.Year)
    if (day == null) return new CqlDate(epochDay(year, month, 1), Precision.Month)
    return new CqlDate(epochDay(year, month, day), Precision.Day)
  }

  get year(): number {
    return yearOf(this.day)
  }
  get month(): number | null {
    return this.precision >= Precision.Month ? monthOf(this.day) : null
  }
  get dayOfMonth(): number | null {
    return this.precision >= Precision.Day ? dayOf(this.day) : null
  }

  toString(): string {
    return dateText(this.day, this.precision)
  }
  toJSON(): string {
    return this.toString()
  }
}

/**
 * CQL DateTime (CQL 1.5, Reference, DateTime): local day and millisecond of that day at the first moment it may be, how
 * much of it is known, and the minutes its zone is ahead of UTC. The zone of the evaluation stands in for a missing one.
 */
export class CqlDateTime {
  readonly day: number
  readonly ms: number
  readonly precision: Precision
  readonly offset: number

  constructor(day: number, ms: number, precision: Precision, offset: number) {
    this.day = day
    this.ms = ms
    this.precision = precision
    this.offset = offset
  }

  /** The moment in milliseconds from 1970-01-01T00:00Z; the first possible one of a partial value. */
  get instant(): number {
    return this.day * MS_PER_DAY + this.ms - this.offset * 60_000
  }
  get year(): number {
    return yearOf(this.day)
  }
  get month(): number | null {
    return this.precision >= Precision.Month ? monthOf(this.day) : null
  }
  get dayOfMonth(): number | null {
    return this.precision >= Precision.Day ? dayOf(this.day) : null
  }
  get hour(): number | null {
    return this.precision >= Precision.Hour ? Math.floor(this.ms / 3_600_000) : null
  }
  get minute(): number | null {
    return this.precision >= Precision.Minute ? Math.floor(this.ms / 60_000) % 60 : null
  }
  get second(): number | null {
    return this.precision >= Precision.Second ? Math.floor(this.ms / 1000) % 60 : null
  }
  get millisecond(): number | null {
    return this.precision >= Precision.Millisecond ? this.ms % 1000 : null
  }

  toString(): string {
    const date = dateText(this.day, this.precision)
    if (this.precision < Precision.Hour) return date
    return `${date}T${timeText(this.ms, this.precision)}${offsetText(this.offset)}`
  }
  toJSON(): string {
    return this.toString()
  }
}

/** CQL Time (CQL 1.5, Reference, Time): milliseconds from midnight at the first moment it may be; precision Hour to Millisecond. */
export class CqlTime {
  readonly ms: number
  readonly precision: Precision

  constructor(ms: number, precision: Precision) {
    this.ms = ms
    this.precision = precision
  }

  get hour(): number {
    return Math.floor(this.ms / 3_600_000)
  }
  get minute(): number | null {
    return this.precision >= Precision.Minute ? Math.floor(this.ms / 60_000) % 60 : null
  }
  get second(): number | null {
    return this.precision >= Precision.Second ? Math.floor(this.ms / 1000) % 60 : null
  }
  get millisecond(): number | null {
    return this.precision >= Precision.Millisecond ? this.ms % 1000 : null
  }

  toString(): string {
    return timeText(this.ms, this.precision)
  }
  toJSON(): string {
    return this.toString()
  }
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

function dateText(day: number, precision: Precision): string {
  const year = digits(yearOf(day), 4)
  if (precision < Precision.Month) return year
  const month = `${year}-${digits(monthOf(day), 2)}`
  return precision < Precision.Day ? month : `${month}-${digits(dayOf(day), 2)}`
}

function timeText(ms: number, precision: Precision): string {
  const hour = digits(Math.floor(ms / 3_600_000), 2)
  if (precision < Precision.Minute) return hour
  const minute = `${hour}:${digits(Math.floor(ms / 60_000) % 60, 2)}`
  if (precision < Precision.Second) return minute
  const second = `${minute}:${digits(Math.floor(ms / 1000) % 60, 2)}`
  return precision < Precision.Millisecond ? second : `${second}.${digits(ms % 1000, 3)}`
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`
}
