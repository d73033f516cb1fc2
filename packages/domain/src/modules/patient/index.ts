export { Coverage, Patient, PayerEvidence, Person, PersonKey } from './patient.entity.ts'
export { chartColumns, openCharts, openSummaries, readCharts, showCharts } from './read-charts.ts'
