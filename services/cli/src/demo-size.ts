import type { DemoOptions } from '@carecommons/demo'

export type DemoSize = Omit<DemoOptions, 'asOf'>

/** Sized so that a first start keeps its two minutes and a payer's table still shows practices. */
export const DEMO_DEFAULTS: DemoSize = { practices: 5, patients: 2400, seed: 1 }
