import type { Ctx } from '#shared/context'

/** Never part of what is shared, and none of a patient's own words: who reads a chart from outside, or their own, has no score. */
export const hasNoRisk = (ctx: Ctx): boolean => ctx.guest !== null || ctx.viewer.patientId !== null
