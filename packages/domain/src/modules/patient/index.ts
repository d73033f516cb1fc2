export { Coverage, Patient, PayerEvidence, Person, PersonKey } from './patient.entity.ts'
export { lockCharts } from './lock-charts.ts'
export { followedCodes } from './value-series.ts'
export { CHART_COLUMNS, type ChartRow, openSummaries, readCharts, showCharts } from './read-charts.ts'
