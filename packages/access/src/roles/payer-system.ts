import type { RolePage } from '../ability.ts'
import { payerAnalyst } from './payer-analyst.ts'

/** A payer's program: pulls what its analysts may pull. */
export const payerSystem: RolePage = { ...payerAnalyst, title: 'Payer system', holder: 'system' }
