// planted: graphql-through-its-door
// planted: modules-by-alias
export * from '../patient/patient.ts'
