export { projectCharts } from './project-charts.ts'
export { DirtyChart, PatientCondition, PatientSearch, PatientSummary } from './registry.entity.ts'
