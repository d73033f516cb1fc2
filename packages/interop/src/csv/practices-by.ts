import { isRefusal, type Refusal } from '@carecommons/kernel'
import { type CsvFault, readCsv } from './read-csv.ts'

export interface PracticeAssignment {
  /** Logical ids of FHIR resources in the same delivery. */
  readonly organizationId: string
  readonly organizationName: string | null
  readonly city: string | null
  readonly postalCode: string | null
  readonly practitionerId: string | null
}

export interface PracticesBy {
  /** By logical id of the Patient. */
  readonly byPatient: ReadonlyMap<string, PracticeAssignment>
  readonly faults: readonly CsvFault[]
}

const COLUMNS = {
  required: ['patient_id', 'pcp_org_id'],
  optional: ['pcp_org_name', 'pcp_org_city', 'pcp_org_zip', 'pcp_practitioner_id'],
} as const

const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** Which practice each patient belongs to, from a CSV with `patient_id` and `pcp_org_id`; bad rows are faults, by line. */
export async function readPracticesBy(file: string): Promise<PracticesBy | Refusal> {
  const table = await readCsv({ file }, COLUMNS)
  if (isRefusal(table)) return table
  const byPatient = new Map<string, PracticeAssignment>()
  const faults = [...table.faults]
  for (const { line, cells } of table.rows) {
    const reason = rowProblem(cells, byPatient)
    if (reason) faults.push({ line, reason })
    else byPatient.set(cells.patient_id, assignment(cells))
  }
  return { byPatient, faults: faults.sort((a, b) => a.line - b.line) }
}

type Cells = Readonly<Record<(typeof COLUMNS.required)[number] | (typeof COLUMNS.optional)[number], string>>

function rowProblem(cells: Cells, seen: ReadonlyMap<string, PracticeAssignment>): string | null {
  if (!ID.test(cells.patient_id)) return 'patient_id is not a FHIR id (1 to 64 letters, digits, - and .).'
  if (!ID.test(cells.pcp_org_id)) return 'pcp_org_id is not a FHIR id (1 to 64 letters, digits, - and .).'
  if (cells.pcp_practitioner_id !== '' && !ID.test(cells.pcp_practitioner_id)) return 'pcp_practitioner_id is not a FHIR id.'
  const earlier = seen.get(cells.patient_id)
  return earlier && earlier.organizationId !== cells.pcp_org_id
    ? 'The patient stands above with another practice; the first one holds.'
    : null
}

const assignment = (cells: Cells): PracticeAssignment => ({
  organizationId: cells.pcp_org_id,
  organizationName: cells.pcp_org_name || null,
  city: cells.pcp_org_city || null,
  postalCode: cells.pcp_org_zip || null,
  practitionerId: cells.pcp_practitioner_id || null,
})
