import { Fault } from './fault.ts'
import type { Kept } from './kept.ts'
import { referencesAt } from './references.ts'
import { PATIENT_PATH, type ResourceType } from './resource-types.ts'

/** The patient whose chart a resource belongs to; `null` for directory entries. Throws a `Fault` when there is none. */
export function patientOf(type: ResourceType, resource: Kept, id: string): string | null {
  if (type === 'Patient') return id
  if (!(type in PATIENT_PATH)) return null
  const element = PATIENT_PATH[type as keyof typeof PATIENT_PATH]
  const references = referencesAt(resource, type === 'Appointment' ? 'participant.actor' : element)
  let patient: string | null = null
  for (const reference of references) {
    if (reference.id === null || (reference.type !== 'Patient' && reference.type !== null)) continue
    if (patient !== null && patient !== reference.id)
      throw new Fault('patient', 'names more than one patient; only resources of one patient are imported', `${type}.${element}`, null)
    patient = reference.id
  }
  if (patient !== null) return patient
  if (type === 'Device' && references.length === 0) return null
  throw new Fault(
    'patient',
    references.length === 0 ? 'is missing; it must name the patient' : 'does not name a patient by id: write Patient/id',
    `${type}.${element}`,
    null,
  )
}
