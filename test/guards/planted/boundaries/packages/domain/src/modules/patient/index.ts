export { patient } from './patient.ts'
