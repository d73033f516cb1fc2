export { DirtyChart, PatientCondition, PatientSearch, PatientSummary } from './registry.entity.ts'
