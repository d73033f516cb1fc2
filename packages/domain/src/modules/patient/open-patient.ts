import { isUuid } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'
import type { PatientType } from './patient.graphql.ts'
import { readCharts } from './read-charts.ts'

/** One chart. What is not a chart's id, no chart, or another practice's chart gets the same answer: null. */
export async function openPatient(ctx: Ctx, id: string): Promise<PatientType | null> {
  const known = isUuid(id)
  const [chart] = await readCharts(ctx, [known ? id : NOBODY])
  // The note says what was asked for and not which of the three it was.
  if (!chart) ctx.notes.push({ action: 'read', subject: 'Chart', subjectIds: known ? [id] : [], outcome: 'not-found' })
  return chart ?? null
}

/** No chart has the nil UUID: a malformed id goes the same way as a missing one, and takes the same time. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
