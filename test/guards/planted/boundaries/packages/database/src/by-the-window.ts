// planted: packages-through-their-doors
// planted: packages-by-name
export * from '../../domain/src/modules/patient/patient.ts'
