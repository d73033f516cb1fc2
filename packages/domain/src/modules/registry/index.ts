export { labelPractice } from './label-practice.ts'
export { projectChart, projectCharts } from './project-charts.ts'
export { DirtyChart, PatientCondition, PatientSearch, PatientSummary, RegistryCount } from './registry.entity.ts'
