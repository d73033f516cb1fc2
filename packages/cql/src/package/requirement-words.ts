import type { DateBound, RelativeMoment } from '../analysis/date-bound.ts'
import type { DataRequirement } from '../engine.ts'
import type { MeasurePackage } from './measure-package.ts'
import { packageContent } from './package-content.ts'
import { packageParts } from './package-parts.ts'
import { codesOf } from './value-set-codes.ts'

/** Retrieves in words; those that look the same to people are one. */
export interface RequirementWords {
  readonly type: string
  /** The element that carries the code. */
  readonly path: string | null
  /** How many codes; null: all of the type. */
  readonly codes: number | null
  /** Titles of the value sets that have just these codes; none where the logic names codes one by one. */
  readonly valueSets: readonly string[]
  /** A claimed profile is as good as a code. */
  readonly orProfile: boolean
  /** Dates that can matter; null: any. */
  readonly dates: string | null
  /** Elements that the logic reads. */
  readonly elements: readonly string[]
}

export function requirementWords(requirements: readonly DataRequirement[], pkg?: MeasurePackage): RequirementWords[] {
  const titles = pkg ? titlesByCodes(pkg) : new Map<string, string[]>()
  const rows = requirements.map(({ type, path, codes, orProfile, dates, elements }): RequirementWords => ({
    ...{ type, path, codes: codes?.length ?? null, orProfile: orProfile !== undefined },
    valueSets: (codes && titles.get(keyOfCodes(codes))) ?? [],
    ...{ dates: dates?.map(boundInWords).join('; ') || null, elements: elements ?? [] },
  }))
  const keyOf = (row: RequirementWords): string => JSON.stringify(Object.values(row))
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
}

type Codes = readonly { readonly system: string; readonly code: string }[]
const keyOfCodes = (codes: Codes): string => [...new Set(codes.map(({ system, code }) => `${system}|${code}`))].sort().join(' ')

function titlesByCodes(pkg: MeasurePackage): ReadonlyMap<string, string[]> {
  const titles = new Map(packageParts(pkg).valueSets.map(({ url, title }) => [url, title || url]))
  const byCodes = new Map<string, string[]>()
  for (const valueSet of packageContent(pkg.bundle).valueSets) {
    const codes = codesOf(valueSet)
    if (!Array.isArray(codes)) continue
    const key = keyOfCodes(codes)
    byCodes.set(key, [...new Set([...(byCodes.get(key) ?? []), titles.get(valueSet.url)!])])
  }
  return byCodes
}

function boundInWords({ paths, from, to }: DateBound): string {
  const words = (moments: readonly RelativeMoment[], joint: string): string => moments.map(momentInWords).join(` ${joint} `)
  const what = paths.join(' or ')
  if (to.length === 0) return `${what} from ${words(from, 'or')}`
  return from.length === 0 ? `${what} until ${words(to, 'or')}` : `${what} from ${words(from, 'or')} to ${words(to, 'or')}`
}

/** `start of period - 2 years`. */
function momentInWords({ anchor, months, days }: RelativeMoment): string {
  const counted = (number: number, unit: string): string => `${Math.abs(number)} ${unit}${Math.abs(number) === 1 ? '' : 's'}`
  const parts = [
    ...(months === 0 ? [] : [[months, months % 12 === 0 ? counted(months / 12, 'year') : counted(months, 'month')] as const]),
    ...(days === 0 ? [] : [[days, counted(Math.round(days * 100) / 100, 'day')] as const]),
  ]
  return `${anchor} of period${parts.map(([number, text]) => ` ${number < 0 ? '-' : '+'} ${text}`).join('')}`
}
