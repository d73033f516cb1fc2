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
  /** With one of these codes; null when codes do not decide. */
  readonly codes: readonly CodeNeed[] | null
  /** Of each retrieve what must be so of the element that dates the type; null when days do not decide. */
  readonly dates: readonly (readonly DateBound[])[] | null
}

/** Days, both included, outside of which nothing of a type matters. */
export interface NeededDays {
  readonly first: Day | '-infinity'
  readonly last: Day | 'infinity'
}

/** What a set of measures may touch, type by type; the Patient is always among it. */
export function dataNeed(requirements: readonly DataRequirement[]): TypeNeed[] {
  const byType = Map.groupBy(requirements, ({ type }) => type)
  byType.set('Patient', [])
  return [...byType].map(([type, of]) => ({ type, codes: codesOf(of), dates: datesOf(type, of) }))
}

/** Null where the ids of codes that are stored with a resource do not tell what a retrieve would find. */
function codesOf(requirements: readonly DataRequirement[]): readonly CodeNeed[] | null {
  if (requirements.length === 0 || !requirements.every(isCoded)) return null
  const all = requirements.flatMap(({ codes }) => codes ?? [])
  return [...new Map(all.map((code) => [`${code.system}|${code.code}`, code])).values()]
}

const isCoded = ({ type, path, codes, orProfile }: DataRequirement): boolean =>
  codes !== null && path !== null && orProfile === undefined && isPathCoded(type, path)

function datesOf(type: string, requirements: readonly DataRequirement[]): readonly (readonly DateBound[])[] | null {
  const element = datingElement(type)
  const judged = requirements.map(({ dates = [] }) => dates.filter(({ paths }) => paths.length === 1 && paths[0] === element))
  return judged.length > 0 && judged.every((bounds) => bounds.length > 0) ? judged : null
}

/** The days of a type that matter in a period: those of any retrieve, within all bounds of it. */
export function neededDays({ dates }: TypeNeed, period: MeasurementPeriod): NeededDays {
  const ranges = (dates ?? [[]]).map((bounds) => {
    const days = bounds.map((bound) => daysOf(bound, period))
    return { first: Math.max(-Infinity, ...days.map(({ first }) => first)), last: Math.min(Infinity, ...days.map(({ last }) => last)) }
  })
  const first = Math.min(...ranges.map((range) => range.first))
  const last = Math.max(...ranges.map((range) => range.last))
  return { first: first === -Infinity ? '-infinity' : dayOf(first), last: last === Infinity ? 'infinity' : dayOf(last) }
}

const dayOf = (days: number): Day => new Date(days * 86_400_000).toISOString().slice(0, 10)
