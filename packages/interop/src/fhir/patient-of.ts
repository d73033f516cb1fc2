import { Fault } from './fault.ts'
import type { Kept } from './kept.ts'
import { referencesAt } from './references.ts'
import { PATIENT_PATH, type ResourceType } from './resource-types.ts'

/** The patient whose chart a resource belongs to; `null` for directory entries. Throws a `Fault` when there is none. */
export function patientOf(type: ResourceType, resource: Kept, id: string): string | null {
  if (type === 'Patient') return id
  if (!(type in PATIENT_PATH)) return null
  const element = PATIENT_PATH[type as keyof typeof PATIENT_PATH]
  const path = `${type}.${element}`
  const references = referencesAt(resource, type === 'Appointment' ? 'participant.actor' : element)
  const patients = references.filter((one) => one.type === 'Patient' || (one.type === null && one.id !== null))
  const ids = new Set(patients.map((one) => one.id))
  if (ids.size > 1) throw new Fault('patient', 'names more than one patient; only resources of one patient are imported', path, null)
  const [patient] = ids
  if (patient) return patient
  if (type === 'Device' && references.length === 0) return null
  throw new Fault(
    'patient',
    references.length === 0 ? 'is missing; it must name the patient' : 'does not name a patient by id: write Patient/id',
    path,
    null,
  )
}
