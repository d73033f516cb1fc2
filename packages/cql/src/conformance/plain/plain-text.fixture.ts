import { hasPlace, NoOpinion } from './plain-point.fixture.ts'
import { isKind, ONE, type Moment, type Num, type Plain } from './plain-value.fixture.ts'

const digits = (text: string): boolean => text !== '' && [...text].every((sign) => '0123456789'.includes(sign))

/** Reference, ToInteger and ToDecimal: an optional sign, digits, and of a Decimal perhaps a point and digits; nothing else around them. */
export function numberOf(text: string, type: Num['type']): Plain {
  const unsigned = text.startsWith('+') || text.startsWith('-') ? text.slice(1) : text
  const [whole = '', fraction, ...more] = unsigned.split('.')
  if (!digits(whole) || more.length > 0 || (fraction !== undefined && (type !== 'Decimal' || !digits(fraction)))) return null
  if ((fraction ?? '').length > 8) throw new NoOpinion('digits past the eighth')
  const units = [...(whole + (fraction ?? '').padEnd(8, '0'))].reduce((sum, sign) => sum * 10n + BigInt(sign), 0n)
  const signed = text.startsWith('-') ? -units : units
  return hasPlace(signed, type) ? { kind: 'number', type, units: signed } : null
}

/** Reference, ToDate: YYYY, YYYY-MM or YYYY-MM-DD; the time behind it is ignored. */
export function dateOf(text: string): Plain {
  const [date = '', time] = text.split('T')
  const texts = date.split('-')
  if (!texts.every((part, at) => digits(part) && part.length === (at === 0 ? 4 : 2)) || texts.length > 3) return null
  if (time !== undefined && (texts.length < 3 || !/^(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(time))) return null
  const parts = texts.map(Number)
  const [year, month = 1, day = 1] = parts
  const at = new Date(0)
  at.setUTCFullYear(year!, month - 1, day)
  if (year! < 1 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null
  return { kind: 'moment', type: 'Date', parts, offset: 0 } satisfies Moment
}

/** Reference, Combine: nulls are left out, also as the separator; of nothing the result is null. */
export function combined(list: readonly Plain[], separator: Plain): Plain {
  const texts = list.filter((one) => one !== null) as string[]
  let all: string | null = null
  for (const text of texts) all = all === null ? text : `${all}${separator === null ? '' : (separator as string)}${text}`
  return all
}

/** Reference, Split. */
export function split(text: string, separator: Plain): Plain {
  if (separator === null) return [text]
  if (separator === '') return [...text]
  const found: string[] = []
  let part = ''
  for (let at = 0; at < text.length;) {
    const here = text.startsWith(separator as string, at)
    if (here) found.push(part)
    part = here ? '' : part + text[at]!
    at += here ? (separator as string).length : 1
  }
  return [...found, part]
}

/** Reference, Substring: null when it would begin outside; of an empty text the beginning is inside. */
export function substring(text: string, start: Plain, length: Plain): Plain {
  if (!isKind(start, 'number')) return null
  const from = Number(start.units / ONE)
  if (from < 0 || (from >= text.length && from !== 0) || (length !== null && !isKind(length, 'number'))) return null
  const most = length === null ? text.length : Number(length.units / ONE)
  return [...text].filter((_, at) => at >= from && at < from + most).join('')
}
