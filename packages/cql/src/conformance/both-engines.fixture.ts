import cql from 'cql-execution'
import { evaluateLibrary } from '../compiler/evaluate-library.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { CqlDate, CqlDateTime, CqlTime, Decimal, Interval, Quantity, Uncertainty } from '../runtime/values.ts'
import type { ElmJson } from './random-elm.fixture.ts'

/** What an engine made of an expression, as a text that is the same for the same value. */
export interface Comparison {
  readonly elm: ElmJson
  /** What the expressions in it gave, by ours; null for one that failed. */
  readonly operands: readonly (string | null)[]
  /** Null when it failed. */
  readonly ours: string | null
  readonly theirs: string | null
}

/**
 * Where the two engines differ in an expression although they agree on everything inside it: each part is a definition of its own, so
 * that a difference is that of one operator.
 */
export async function differences(elm: ElmJson): Promise<Comparison[]> {
  const parts = partsOf(elm)
  const library = libraryOf(parts)
  const outcomes = evaluateLibrary(library, { now: Date.UTC(2026, 5, 15, 10, 30), offsetMinutes: 0 })
  const reference = new cql.Library({ library } as never)
  const expressions = reference.expressions as Readonly<Record<string, ReferenceExpression>>
  const context = new cql.PatientContext(reference, null, undefined, {}, cql.DateTime.parse('2026-06-15T10:30:00.000+00:00') ?? undefined)
  const ours = new Map<ElmJson, string | null>()
  const theirs = new Map<ElmJson, string | null>()
  for (const [index, part] of parts.entries()) {
    const outcome = outcomes.get(`T${index}`)!
    ours.set(part, outcome.ok ? ourText(outcome.value) : null)
    theirs.set(part, await theirText(expressions[`T${index}`]!, context))
  }
  const comparisons = parts.map((part) => ({
    elm: part,
    operands: insideOf(part).map((inner) => ours.get(inner) ?? null),
    ours: ours.get(part)!,
    theirs: theirs.get(part)!,
  }))
  return comparisons.filter((one) => one.ours !== one.theirs && insideOf(one.elm).every((inner) => ours.get(inner) === theirs.get(inner)))
}

const isElm = (value: unknown): value is ElmJson =>
  typeof value === 'object' && value !== null && 'type' in value && !String(value.type).endsWith('TypeSpecifier')

const insideOf = (elm: ElmJson): ElmJson[] =>
  Object.values(elm).flatMap((value) => (Array.isArray(value) ? value.filter(isElm) : isElm(value) ? [value] : []))
const partsOf = (elm: ElmJson): ElmJson[] => [...new Set([...insideOf(elm).flatMap(partsOf), elm])]

function libraryOf(parts: readonly ElmJson[]): ElmLibrary {
  return {
    identifier: { id: 'Random', version: '1' },
    schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
    usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
    statements: { def: parts.map((expression, index) => ({ name: `T${index}`, context: 'Patient', accessLevel: 'Public', expression })) },
  }
}

const number = (value: number): string => String(Number(value.toFixed(8)) + 0)

function ourText(value: unknown): string {
  if (value instanceof Decimal) return number(value.toNumber())
  if (typeof value === 'number') return number(value)
  if (value instanceof Quantity) return `${number(value.value.toNumber())} '${value.unit}'`
  if (value instanceof CqlDateTime) {
    const { year, month, dayOfMonth, hour, minute, second, millisecond, offset } = value
    return `DateTime ${fields([year, month, dayOfMonth, hour, minute, second, millisecond])} ${offset}`
  }
  if (value instanceof CqlDate) return `Date ${fields([value.year, value.month, value.dayOfMonth])}`
  if (value instanceof CqlTime) return `Time ${fields([value.hour, value.minute, value.second, value.millisecond])}`
  if (value instanceof Uncertainty) return `${value.low}..${value.high}`
  if (value instanceof Interval) return intervalText(value, ourText)
  return Array.isArray(value) ? `{${value.map(ourText).join(', ')}}` : JSON.stringify(value)
}

const fields = (values: readonly (number | null | undefined)[]): string =>
  values.filter((field) => field !== null && field !== undefined).join('-')

async function theirText(expression: ReferenceExpression, context: unknown): Promise<string | null> {
  try {
    return referenceText(await expression.execute(context))
  } catch {
    // Failing is an answer here, whatever the words.
    return null
  }
}

interface ReferenceExpression {
  execute(context: unknown): Promise<unknown>
}

interface ReferenceValue {
  readonly [part: string]: unknown
}

function referenceText(given: unknown): string {
  if (given === null || given === undefined) return 'null'
  if (typeof given === 'number') return number(given)
  if (Array.isArray(given)) return `{${given.map(referenceText).join(', ')}}`
  if (typeof given !== 'object') return JSON.stringify(given)
  const value = given as ReferenceValue
  const all = (names: string): (number | null)[] => names.split(' ').map((name) => value[name] as number | null)
  if (given instanceof cql.DateTime) {
    if (value.year === 0) return `Time ${fields(all('hour minute second millisecond'))}`
    return `DateTime ${fields(all('year month day hour minute second millisecond'))} ${Number(value.timezoneOffset) * 60 + 0}`
  }
  if (given instanceof cql.Date) return `Date ${fields(all('year month day'))}`
  if (given instanceof cql.Quantity) return `${number(value.value as number)} '${String(value.unit ?? '1')}'`
  if (given instanceof cql.Interval) return intervalText(value as never, referenceText)
  if (value.constructor?.name === 'Uncertainty')
    return value.low === value.high ? referenceText(value.low) : `${referenceText(value.low)}..${referenceText(value.high)}`
  return JSON.stringify(given)
}

const intervalText = (
  { low, high, lowClosed, highClosed }: { low: unknown; high: unknown; lowClosed: boolean; highClosed: boolean },
  text: (value: unknown) => string,
): string => `${lowClosed ? '[' : '('}${text(low)}, ${text(high)}${highClosed ? ']' : ')'}`
