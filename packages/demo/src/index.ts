export type { DemoChart } from './chart.ts'
export type { CareManager, Clinician, Payer, Practice } from './directory.ts'
export { type DemoOptions, type DemoRegion, generateRegion } from './region.ts'
