import type { Day } from '@carecommons/kernel'
import { readDate } from '../fhir/fhir-primitives.ts'
import { type FhirResource, referenceOf } from '../fhir/fhir-record.ts'
import { isTooDeep } from '../package/json-depth.ts'

/** A published test case of a measure: a person, and the populations that she is expected in. */
export interface DeckCase {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly period: { readonly start: Day; readonly end: Day }
  /** FHIR R4 JSON texts. */
  readonly resources: readonly string[]
  /** Of each group in the measure's order; how many by population code (or by population id). */
  readonly expected: readonly Readonly<Record<string, number>>[]
  readonly expectedStrata: readonly (readonly ExpectedStratum[])[]
  /** Where the expectation itself is in doubt: what others say instead. Such a case decides nothing. */
  readonly disagreements: readonly string[]
}

export interface ExpectedStratum {
  /** Id of the stratifier. */
  readonly id: string
  readonly populations: Readonly<Record<string, number>>
}

/** A line of a deck that cannot be run. It is a failed case; the others are run. */
export interface BrokenCase {
  readonly line: number
  /** As far as they can be read. */
  readonly id: string
  readonly title: string
  readonly reason: string
}

export type DeckReading =
  | { readonly ok: true; readonly cases: readonly DeckCase[]; readonly broken: readonly BrokenCase[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads a deck: one case a line, as JSON. Refused when nothing in it is a case. */
export function readDeck(text: string): DeckReading {
  const cases: DeckCase[] = []
  const broken: BrokenCase[] = []
  const lines = new Map<string, number>()
  // Some editors write a mark before UTF-8.
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue
    const json = parsed(line)
    const name = nameOf(json, index + 1)
    const found = isObject(json) ? readCase(json, name) : json === undefined ? NO_JSON : 'This is not a case.'
    const first = lines.get(name.id)
    const reason = typeof found !== 'string' && first !== undefined ? `The case ${name.id} is in line ${first} already.` : found
    if (typeof reason === 'string') broken.push({ line: index + 1, ...name, reason })
    else cases.push(reason)
    if (isObject(json) && first === undefined) lines.set(name.id, index + 1)
  }
  if (lines.size > 0) return { ok: true, cases, broken }
  return {
    ok: false,
    problems: broken.length > 0 ? broken.map(({ line, reason }) => `Line ${line}: ${reason}`) : ['The deck holds no case.'],
  }
}

const NO_JSON = 'This is not JSON; a deck holds one case a line.'

type Json = Readonly<Record<string, unknown>>

/** Undefined for what is no JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function nameOf(json: unknown, line: number): Pick<DeckCase, 'id' | 'title'> {
  const { id, title } = isObject(json) ? json : {}
  return { id: typeof id === 'string' ? id : String(line), title: typeof title === 'string' ? title : '' }
}

function readCase(json: Json, name: Pick<DeckCase, 'id' | 'title'>): DeckCase | string {
  const { description, period, resources, expected, expectedStrata, notes } = json
  const [start, end] = isObject(period) ? [dayOf(period.start), dayOf(period.end)] : [null, null]
  if (!start || !end) return 'The case has no period of two days.'
  if (!isDay(start)) return `Its period starts on ${start}, which is no day.`
  if (!isDay(end)) return `Its period ends on ${end}, which is no day.`
  if (end < start) return `Its period ends (${end}) before it starts (${start}).`
  if (!Array.isArray(resources)) return 'The case has no list of resources.'
  const misshapen = resources.findIndex((resource) => !isObject(resource))
  if (misshapen >= 0) return `Its resource ${misshapen + 1} is no FHIR resource: an object was expected.`
  const deep = resources.findIndex(isTooDeep)
  if (deep >= 0) return `Its resource ${deep + 1} (${referenceOf(resources[deep] as FhirResource)}) is nested deeper than any record is.`
  if (!Array.isArray(expected) || !expected.every(isCounts))
    return 'The case does not say what is expected: a list of counts by population, one for each group.'
  if (expectedStrata !== undefined && !isStrata(expectedStrata)) return 'What it expects of strata is not a list for each group.'
  const doubted = isObject(notes) && Array.isArray(notes.fqmDisagrees) ? notes.fqmDisagrees.map(String) : []
  return {
    ...{ ...name, description: typeof description === 'string' ? description : '' },
    ...{ period: { start, end }, expected, expectedStrata: expectedStrata ?? [], disagreements: doubted },
    resources: resources.map((resource) => JSON.stringify(resource)),
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const dayOf = (value: unknown): Day | null => (typeof value === 'string' ? (/^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? null) : null)
const isDay = (day: Day): boolean => readDate(day) !== null
const isCounts = (value: unknown): value is Record<string, number> =>
  isObject(value) && Object.values(value).every((count) => typeof count === 'number')
const isStrata = (value: unknown): value is ExpectedStratum[][] =>
  Array.isArray(value) &&
  value.every(
    (group) =>
      group === null ||
      (Array.isArray(group) && group.every((one) => isObject(one) && typeof one.id === 'string' && isCounts(one.populations))),
  )
