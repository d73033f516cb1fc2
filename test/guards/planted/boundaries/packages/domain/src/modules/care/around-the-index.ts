// planted: modules-through-their-index
// planted: modules-by-alias
export * from '../patient/patient.ts'
