export { Coverage, Patient, PayerEvidence, Person, PersonKey } from './patient.entity.ts'
