import { Code, Concept, CqlDate, CqlDateTime, CqlTime, Decimal, Interval, Quantity, Tuple, Uncertainty } from '../runtime/values.ts'
import type { ExpectedValue } from './expected-value.fixture.ts'

/**
 * Whether a value of the runtime is the one that a test expects, of the same type and the same precision. Two liberties, as the tests take
 * them: an uncertain number is expected as an interval, and a whole Decimal may be written without a point.
 */
export function sameValue(expected: ExpectedValue, got: unknown): boolean {
  switch (expected.kind) {
    case 'null':
      return got === null
    case 'boolean':
      return got === expected.value
    case 'string':
      return got === expected.text
    case 'integer':
      return typeof got === 'number' ? got === Number(expected.digits) : sameDecimal(expected.digits, got)
    case 'long':
      return typeof got === 'bigint' && got === BigInt(expected.digits)
    case 'decimal':
      return sameDecimal(expected.digits, got)
    case 'quantity':
      return got instanceof Quantity && sameDecimal(expected.digits, got.value) && got.unit === expected.unit
    case 'date':
      return got instanceof CqlDate && sameFields(expected.fields, [got.year, got.month, got.dayOfMonth])
    case 'dateTime':
      return got instanceof CqlDateTime && sameFields(expected.fields, dateTimeFields(got)) && minutes(expected.offset) === got.offset
    case 'time':
      return got instanceof CqlTime && sameFields(expected.fields, [got.hour, got.minute, got.second, got.millisecond])
    case 'list':
      return (
        Array.isArray(got) &&
        got.length === expected.elements.length &&
        expected.elements.every((element, index) => sameValue(element, got[index]))
      )
    case 'interval':
      return sameInterval(expected, got)
    case 'instance':
      return sameInstance(expected, got)
  }
}

const plain = (digits: string): string => {
  const [whole = '', fraction = ''] = digits.replace(/^[+]/, '').split('.')
  const kept = fraction.replace(/0+$/, '')
  const text = `${whole.replace(/^(-?)0+(?=\d)/, '$1')}${kept ? `.${kept}` : ''}`
  return text === '-0' ? '0' : text
}
const sameDecimal = (digits: string, got: unknown): boolean => got instanceof Decimal && plain(digits) === plain(got.toString())

const sameFields = (expected: readonly string[], got: readonly (number | null)[]): boolean =>
  expected.length === got.filter((field) => field !== null).length && expected.every((field, index) => Number(field) === got[index])

const dateTimeFields = (got: CqlDateTime): (number | null)[] => [
  got.year,
  got.month,
  got.dayOfMonth,
  got.hour,
  got.minute,
  got.second,
  got.millisecond,
]

/** The tests are evaluated in UTC. */
function minutes(offset: string | null): number {
  if (offset === null || offset === 'Z') return 0
  return (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)))
}

function sameInterval(expected: ExpectedValue & { kind: 'interval' }, got: unknown): boolean {
  if (got instanceof Uncertainty) return sameValue(expected.low, got.low) && sameValue(expected.high, got.high)
  return (
    got instanceof Interval &&
    got.lowClosed === expected.lowClosed &&
    got.highClosed === expected.highClosed &&
    sameValue(expected.low, got.low) &&
    sameValue(expected.high, got.high)
  )
}

function sameInstance(expected: ExpectedValue & { kind: 'instance' }, got: unknown): boolean {
  const type = { Tuple, Code, Concept }[expected.type]
  if (!type || !(got instanceof type)) return false
  const elements: Record<string, unknown> = got instanceof Tuple ? got.elements : { ...got }
  return [...new Set([...Object.keys(elements), ...Object.keys(expected.elements)])].every((name) => {
    const wanted = expected.elements[name] ?? { kind: 'null' }
    // `codes: Code {...}` stands for a list of that one.
    const element =
      expected.type === 'Concept' && name === 'codes' && wanted.kind !== 'list' ? ({ kind: 'list', elements: [wanted] } as const) : wanted
    return sameValue(element, elements[name] ?? null)
  })
}
