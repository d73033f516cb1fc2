import type { DataRequirement } from '@carecommons/cql'
import { isPathCoded } from '@carecommons/interop'

interface CodeNeed {
  readonly system: string
  readonly code: string
}

/** What retrieves may touch of one type of resource: with one of these codes; null when codes do not decide. */
export interface TypeNeed {
  readonly type: string
  readonly codes: readonly CodeNeed[] | null
}

/** What a set of measures may touch, type by type; the Patient is always among it. */
export function dataNeed(requirements: readonly DataRequirement[]): TypeNeed[] {
  const byType = Map.groupBy(requirements, ({ type }) => type)
  byType.set('Patient', [])
  return [...byType].map(([type, of]) => ({ type, codes: of.length > 0 && of.every(isCoded) ? distinctCodes(of) : null }))
}

/** Whether the ids of codes that are stored with a resource tell what a retrieve would find. */
const isCoded = ({ type, path, codes }: DataRequirement): boolean => codes !== null && path !== null && isPathCoded(type, path)

function distinctCodes(requirements: readonly DataRequirement[]): CodeNeed[] {
  const all = requirements.flatMap(({ codes }) => codes ?? [])
  return [...new Map(all.map((code) => [`${code.system}|${code.code}`, code])).values()]
}
