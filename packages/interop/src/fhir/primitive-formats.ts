import { daysInMonth } from '@carecommons/kernel'
import { KIND, type Kind } from './shape.ts'

/** What is wrong with a primitive, for people; `calendar` faults are well formed but on no calendar. */
export interface FormatFault {
  readonly code: 'format' | 'calendar' | 'id'
  readonly words: string
}

const DATE: FormatFault = { code: 'format', words: 'is not a date: write YYYY, YYYY-MM or YYYY-MM-DD' }
const DATE_TIME: FormatFault = { code: 'format', words: 'is not a date and time: write YYYY-MM-DDThh:mm:ss with Z or +hh:mm' }
const DAY: FormatFault = { code: 'calendar', words: 'is on no calendar: check year, month and day' }
const ZONE: FormatFault = { code: 'format', words: 'has a time without a time zone: add Z or +hh:mm' }
const TIME: FormatFault = { code: 'format', words: 'is not a time: write hh:mm:ss' }
const CODE: FormatFault = { code: 'format', words: 'is not a code: no spaces at either end, none doubled' }
const ID: FormatFault = { code: 'id', words: 'is not an id: 1 to 64 letters, digits, "-" and "."' }
const URI: FormatFault = { code: 'format', words: 'is not a URI: it holds white space' }
const BASE64: FormatFault = { code: 'format', words: 'is not base64' }

/** What is wrong with the text of a primitive in bytes `start` to `end`; `null` when nothing is. */
export function formatFault(kind: Kind, bytes: Buffer, start: number, end: number): FormatFault | null {
  switch (kind) {
    case KIND.code:
      return codeFault(bytes, start, end)
    case KIND.id:
      return idFault(bytes, start, end)
    case KIND.uri:
      return uriFault(bytes, start, end)
    case KIND.dateTime:
      return dateTimeFault(bytes, start, end)
    case KIND.date:
      return dateFault(bytes, start, end)
    case KIND.instant:
      return instantFault(bytes, start, end)
    case KIND.time:
      return timeFault(bytes, start, end)
    case KIND.base64Binary:
      return base64Fault(bytes, start, end)
    default:
      return null
  }
}

/** FHIR R4 `date`, years 0001 to 9999. */
function dateFault(bytes: Buffer, start: number, end: number): FormatFault | null {
  const length = end - start
  return length === 4 || length === 7 || length === 10 ? dayFault(bytes, start, length) : DATE
}

/** FHIR R4 `dateTime`: a date, or a moment to the second with zone. */
function dateTimeFault(bytes: Buffer, start: number, end: number): FormatFault | null {
  return end - start <= 10 ? dateFault(bytes, start, end) : instantFault(bytes, start, end)
}

/** FHIR R4 `instant`: to the second at least, with zone. */
function instantFault(bytes: Buffer, start: number, end: number): FormatFault | null {
  if (end - start < 19 || bytes[start + 10] !== 0x54) return DATE_TIME
  const day = dayFault(bytes, start, 10)
  if (day) return day === DATE ? DATE_TIME : day
  const zone = timeEnd(bytes, start + 11, end)
  if (zone < 0) return DATE_TIME
  if (zone === end) return ZONE
  if (bytes[zone] === 0x5a) return zone + 1 === end ? null : DATE_TIME
  const isOffset = (bytes[zone] === 0x2b || bytes[zone] === 0x2d) && zone + 6 === end && bytes[zone + 3] === 0x3a
  if (!isOffset) return DATE_TIME
  const hours = two(bytes, zone + 1)
  const minutes = two(bytes, zone + 4)
  return hours >= 0 && minutes >= 0 && minutes < 60 && hours * 60 + minutes <= 14 * 60 ? null : DATE_TIME
}

function timeFault(bytes: Buffer, start: number, end: number): FormatFault | null {
  return timeEnd(bytes, start, end) === end ? null : TIME
}

/** The position after `hh:mm:ss(.s+)?`; -1 when it is not one. A second 60 is a leap second. */
function timeEnd(bytes: Buffer, start: number, end: number): number {
  if (end - start < 8 || bytes[start + 2] !== 0x3a || bytes[start + 5] !== 0x3a) return -1
  const hours = two(bytes, start)
  const minutes = two(bytes, start + 3)
  const seconds = two(bytes, start + 6)
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1
  let p = start + 8
  if (p >= end || bytes[p] !== 0x2e) return p
  const point = p++
  while (p < end && isDigit(bytes[p]!)) p++
  return p > point + 1 ? p : -1
}

function dayFault(bytes: Buffer, start: number, length: number): FormatFault | null {
  const century = two(bytes, start)
  const rest = two(bytes, start + 2)
  if (century < 0 || rest < 0) return DATE
  const year = century * 100 + rest
  if (year === 0) return DAY
  if (length === 4) return null
  const month = two(bytes, start + 5)
  if (bytes[start + 4] !== 0x2d || month < 0) return DATE
  if (month < 1 || month > 12) return DAY
  if (length === 7) return null
  const day = two(bytes, start + 8)
  if (bytes[start + 7] !== 0x2d || day < 0) return DATE
  return day < 1 || day > daysInMonth(year, month) ? DAY : null
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** Two digits as a number; -1 when they are not digits. */
function two(bytes: Buffer, at: number): number {
  const tens = bytes[at]! - 0x30
  const ones = bytes[at + 1]! - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

function idFault(bytes: Buffer, start: number, end: number): FormatFault | null {
  if (end === start || end - start > 64) return ID
  for (let i = start; i < end; i++) if (!isIdByte(bytes[i]!)) return ID
  return null
}

export function isIdByte(byte: number): boolean {
  const letter = byte | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e
}

function codeFault(bytes: Buffer, start: number, end: number): FormatFault | null {
  let wasSpace = true
  for (let i = start; i < end; i++) {
    const isSpace = bytes[i]! <= 0x20
    if (isSpace && wasSpace) return CODE
    wasSpace = isSpace
  }
  return wasSpace ? CODE : null
}

function uriFault(bytes: Buffer, start: number, end: number): FormatFault | null {
  for (let i = start; i < end; i++) if (bytes[i]! <= 0x20) return URI
  return null
}

function base64Fault(bytes: Buffer, start: number, end: number): FormatFault | null {
  let sextets = 0
  let padding = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (byte === 0x3d) padding++
    else if (byte > 0x20) {
      const letter = byte | 0x20
      const isSextet = (letter >= 0x61 && letter <= 0x7a) || isDigit(byte) || byte === 0x2b || byte === 0x2f
      if (!isSextet || padding > 0) return BASE64
      sextets++
    }
  }
  return (sextets + padding) % 4 === 0 && padding < 3 ? null : BASE64
}
