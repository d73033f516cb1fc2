import { type DataRequirement, type DateBound, daysOf, type MeasurementPeriod } from '@carecommons/cql'
import { datingElement, isPathCoded } from '@carecommons/interop'
import type { Day } from '@carecommons/kernel'

interface CodeNeed {
  readonly system: string
  readonly code: string
}

/** What retrieves may touch of one type of resource. */
export interface TypeNeed {
  readonly type: string
  /** A retrieve each: a record matters when one of them may find it. */
  readonly retrieves: readonly RetrieveNeed[]
}

interface RetrieveNeed {
  /** With one of these codes; null when codes do not decide. */
  readonly codes: readonly CodeNeed[] | null
  /** What must be so of the element that dates the type; empty when days do not decide. */
  readonly dates: readonly DateBound[]
}

/** What matters of a type in a period: with one of the codes, or whatever codes when these are null, between two days, both included. */
export interface NeededRecords {
  readonly codes: readonly CodeNeed[] | null
  readonly first: Day | '-infinity'
  readonly last: Day | 'infinity'
}

/** What a set of measures may touch, type by type; the Patient is always among it. */
export function dataNeed(requirements: readonly DataRequirement[]): TypeNeed[] {
  const byType = Map.groupBy(requirements, ({ type }) => type)
  byType.delete('Patient')
  const records = [...byType].map(([type, of]) => ({ type, retrieves: of.map(retrieveNeed) }))
  return [{ type: 'Patient', retrieves: [{ codes: null, dates: [] }] }, ...records]
}

/** Codes are null where the ids of codes that are stored with a resource do not tell what a retrieve would find. */
function retrieveNeed({ type, path, codes, orProfile, dates = [] }: DataRequirement): RetrieveNeed {
  const element = datingElement(type)
  const areTold = codes !== null && path !== null && orProfile === undefined && isPathCoded(type, path)
  return { codes: areTold ? codes : null, dates: dates.filter(({ paths }) => paths.length === 1 && paths[0] === element) }
}

/** A kind of record that tells whether a measure has anything to go by. */
export interface RecordKind {
  /** Place of the measure in its set. */
  readonly measure: number
  readonly type: string
  /** Null: whatever codes. */
  readonly codes: readonly CodeNeed[] | null
}

/** Who somebody is, what they have, and that they came: a measure asks for these of everybody, so they do not tell whether results arrive. */
const OF_EVERYBODY: ReadonlySet<string> = new Set(['Patient', 'Coverage', 'Condition', 'Encounter'])

/** What was found or given. A measure of visits and contacts asks for procedures and orders too, of those it leaves out. */
const RESULTS: ReadonlySet<string> = new Set([
  ...['Observation', 'DiagnosticReport', 'Immunization'],
  ...['MedicationRequest', 'MedicationAdministration', 'MedicationDispense', 'MedicationStatement'],
])

/** What each measure of a set that asks for results asks for of what was done and found. Of others no record tells whether any are missing. */
export const recordKinds = (requirements: readonly (readonly DataRequirement[])[]): RecordKind[] =>
  requirements.flatMap((of, measure) => {
    const telling = dataNeed(of).filter(({ type }) => !OF_EVERYBODY.has(type))
    if (!telling.some(({ type }) => RESULTS.has(type))) return []
    return telling.map(({ type, retrieves }) => ({ measure, type, codes: codesOf(retrieves) }))
  })

/** Null as soon as codes do not decide for one of them. */
const codesOf = (retrieves: readonly { readonly codes: readonly CodeNeed[] | null }[]): readonly CodeNeed[] | null =>
  retrieves.some(({ codes }) => codes === null) ? null : distinct(retrieves.flatMap(({ codes }) => codes ?? []))

/** What matters in a period, or in any from it to a later one. Retrieves that look at the same days are asked as one. */
export function neededRecords({ retrieves }: TypeNeed, period: MeasurementPeriod, latest = period): NeededRecords[] {
  const dated = retrieves.map(({ codes, dates }) => ({
    ...{ codes, first: neededDays(dates, period).first, last: neededDays(dates, latest).last },
  }))
  return [...Map.groupBy(dated, ({ first, last }) => `${first} ${last}`).values()].map((of) => ({
    ...of[0]!,
    codes: codesOf(of),
  }))
}

const distinct = (codes: readonly CodeNeed[]): CodeNeed[] => [
  ...new Map(codes.map((code) => [`${code.system}|${code.code}`, code])).values(),
]

/** The days within all bounds. */
function neededDays(bounds: readonly DateBound[], period: MeasurementPeriod): Pick<NeededRecords, 'first' | 'last'> {
  const days = bounds.map((bound) => daysOf(bound, period))
  const first = Math.max(-Infinity, ...days.map((of) => of.first))
  const last = Math.min(Infinity, ...days.map((of) => of.last))
  return { first: first === -Infinity ? '-infinity' : dayOf(first), last: last === Infinity ? 'infinity' : dayOf(last) }
}

const dayOf = (days: number): Day => new Date(days * 86_400_000).toISOString().slice(0, 10)
