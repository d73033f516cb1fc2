export { Coverage, Patient, PayerEvidence, Person, PersonKey } from './patient.entity.ts'
export { followedCodes } from './value-series.ts'
export { chartColumns, openSummaries, readCharts, showCharts } from './read-charts.ts'
