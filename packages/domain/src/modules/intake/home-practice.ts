import type { PatientRecord, PracticesBy } from '@carecommons/interop'
import { type Id, type Refusal, refused } from '@carecommons/kernel'
import type { RegionDirectory } from './region-directory.ts'

/** How an import learns whose chart a Patient is. */
export interface HomeRule {
  /** Everything belongs to this practice. */
  readonly practiceId: Id<'Organization'> | null
  /** Patient by patient, from a file. */
  readonly practicesBy: PracticesBy | null
}

export interface Home {
  readonly practiceId: Id<'Organization'>
  readonly clinician: string | null
}

/**
 * The practice that keeps a Patient's chart, and the clinician there: the named practice, else the file's assignment, else
 * `managingOrganization`, else the organization of `generalPractitioner`.
 */
export function homeOf(record: PatientRecord, rule: HomeRule, directory: RegionDirectory): Home | Refusal {
  const clinician = clinicianName(record, directory)
  if (rule.practiceId) return { practiceId: rule.practiceId, clinician }
  const assigned = rule.practicesBy?.byPatient.get(record.id)
  if (assigned) {
    const named = assigned.practitionerId ? directory.name('Practitioner', assigned.practitionerId) : null
    return {
      practiceId: directory.practice(assigned.organizationId, assigned.organizationName, assigned.city),
      clinician: clinician ?? named,
    }
  }
  const organization = managing(record) ?? ofGeneralPractitioner(record, directory)
  if (!organization) {
    return refused(
      'no-practice',
      'Patient: no practice. Name one with --practice, list the patient in --practices-by, or send managingOrganization.',
    )
  }
  return { practiceId: directory.practice(organization.id, organization.name, null), clinician }
}

/** The practice that the file assigns a patient to, as far as the region knows it: of several charts, this practice's is meant. */
export function assignedPractice(patientFhirId: string, { practicesBy }: HomeRule, directory: RegionDirectory): Id<'Organization'> | null {
  const assigned = practicesBy?.byPatient.get(patientFhirId)
  return assigned ? directory.knownPractice(assigned.organizationId) : null
}

interface OrganizationName {
  readonly id: string
  readonly name: string | null
}

function managing({ managingOrganization }: PatientRecord): OrganizationName | null {
  return managingOrganization?.id ? { id: managingOrganization.id, name: managingOrganization.display } : null
}

function ofGeneralPractitioner({ generalPractitioners }: PatientRecord, directory: RegionDirectory): OrganizationName | null {
  for (const { type, id, display } of generalPractitioners) {
    if (!id) continue
    if (type === 'Organization') return { id, name: display }
    const workplace = type === 'Practitioner' ? directory.workplace(id) : null
    if (workplace) return { id: workplace, name: null }
  }
  return null
}

function clinicianName({ generalPractitioners }: PatientRecord, directory: RegionDirectory): string | null {
  const person = generalPractitioners.find(({ type, id }) => type === 'Practitioner' && id)
  return person ? (person.display ?? directory.name('Practitioner', person.id ?? '')) : null
}
