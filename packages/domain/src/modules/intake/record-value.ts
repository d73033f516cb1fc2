import { type Id, isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { receiveResource } from './receive-resource.ts'
import { observationOf, type TypedValue, valueProblem } from './typed-value.ts'

export interface RecordValue extends TypedValue {
  readonly patientId: string
  readonly idempotencyKey: string
}

export interface RecordedValue {
  /** `Observation/id` */
  readonly reference: string
}

/**
 * A value that somebody at the practice typed in: an Observation on the way that record systems send theirs, with the same projections, and an
 * audit row in the name of who typed it. The same key is the same Observation.
 */
export async function recordValue(ctx: Ctx, input: RecordValue): Promise<RecordedValue | Refusal> {
  const problem = valueProblem(input, ctx.clock.today(ctx.region.timeZone))
  if (problem) return problem
  const { patientId, idempotencyKey } = input
  const place = await ctx.write(async (tx) => {
    const chart = await chartOf(tx, ctx, patientId)
    if (!chart) return refused('ChartNotFound', 'There is no such chart among those of your practice.')
    const id = await oncePerKey<'Observation'>(tx, ctx, { operation: 'recordValue', idempotencyKey, input }, () => Promise.resolve(null))
    return isRefusal(id) ? id : { id, ...chart }
  })
  if (isRefusal(place)) return place
  const id = `typed-${place.id}`
  const { userId, membershipId, role } = ctx.viewer
  const sender = { userId, membershipId, role, practiceId: place.practiceId, requestId: ctx.requestId, subject: 'ClinicalRecord' } as const
  const bytes = Buffer.from(JSON.stringify(observationOf(input, { id, patient: place.fhirId, typedBy: ctx.userName })))
  const receipt = await ctx.intake((connection) =>
    receiveResource(connection, ctx.region, sender, { type: 'Observation', bytes, ifNoneExist: null }),
  )
  return isRefusal(receipt) ? receipt : { reference: `Observation/${receipt.id}` }
}

interface ChartHere {
  readonly practiceId: Id<'Organization'>
  readonly fhirId: string
}

async function chartOf({ db }: Tx, ctx: Ctx, patientId: string): Promise<ChartHere | null> {
  if (!isUuid(patientId)) return null
  const { rows } = await sql<ChartHere>`
    select p.practice_id as "practiceId", p.fhir_id as "fhirId" from patient p
     where p.id = ${patientId} and ${room(ctx, 'create', 'ClinicalRecord', { practiceId: 'p.practice_id' })}`.execute(db)
  return rows[0] ?? null
}
