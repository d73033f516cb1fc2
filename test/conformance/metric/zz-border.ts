import { writeBorderlineCharts } from './zz-borderline-charts.ts'
writeBorderlineCharts('/tmp/mx/border', 1500, Number(process.argv[2] ?? 1))
