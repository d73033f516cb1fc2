import { charlsonGroups } from './charlson-tables.ts'
import { diagnosisRoots } from './diagnosis-roots.ts'
import { snomedAsIcd } from './snomed-as-icd.ts'
import { majorGroups, otherGroups } from './tier-tables.ts'

const ICD10CM = 'http://hl7.org/fhir/sid/icd-10-cm'
const SNOMED = 'http://snomed.info/sct'

/** The groups of all tables by `table:group`. */
const TABLES: Readonly<Record<string, Readonly<Record<string, { readonly roots: string }>>>> = {
  charlson: charlsonGroups,
  major: majorGroups,
  other: otherGroups,
}
const GROUPS = Object.entries(TABLES).flatMap(([table, groups]) =>
  Object.entries(groups).map(([key, { roots }]) => ({ key: `${table}:${key}`, roots: diagnosisRoots(roots) })),
)

export interface Code {
  readonly system: string
  readonly code: string
}

/** The groups that a code belongs to; null for a code of which the tables know nothing. */
export function groupsOf({ system, code }: Code): readonly string[] | null {
  const icd = system === ICD10CM ? code : system === SNOMED ? snomedAsIcd[code] : undefined
  return icd === undefined ? null : GROUPS.flatMap(({ key, roots }) => (roots.holds(icd) ? [key] : []))
}
