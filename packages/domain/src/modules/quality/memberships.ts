import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { givesWay, sensitiveRoom } from '#shared/room'

/** The run behind the newest published period. */
export const NEWEST_RUN = sql`(select run_id from publication order by period_end desc, period_start desc limit 1)`

/** The run that was published for it, from which the run behind it may have moved on with the records. */
export const PUBLISHED_RUN = sql`(select coalesce(r.live_of, r.id) from publication u join metric_run r on r.id = u.run_id
  order by u.period_end desc, u.period_start desc limit 1)`

export const COUNTED = sql`m.denominator - m.denominator_exclusion - m.denominator_exception > 0`

/** Of a membership `m` under package `k`: counted, and on the wrong side of the numerator. */
export const IS_OPEN = sql`(${COUNTED} and (m.numerator = 0) = (k.improvement = 'increase'))`

/** Memberships `m` of run `r` with the package `k` that decided them, for jobs: by all records, whoever may know of them. */
export const MEMBERSHIPS = sql`measure_membership m join metric_run r on r.id = m.run_id
  join measure_package k on k.measure_id = m.measure_id and k.hash = any (r.package_hashes)`

const PLACE = sql`practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
  denominator_exception, numerator, evidence, sensitivity`

/**
 * The same as people are told them: what stands in for a membership is among them, and readers ask `toldRoom` which of both is theirs.
 * Patients are told what their records lead to, and the rest is closed to their role.
 */
export const toldMemberships = (ctx: Ctx): RawBuilder<unknown> => sql`(
    select ${PLACE}, null::text[] as gives_way_to from measure_membership
    ${ctx.viewer.patientId === null ? sql`union all select ${PLACE}, gives_way_to from open_membership` : sql``}) m
  join metric_run r on r.id = m.run_id join measure_package k on k.measure_id = m.measure_id and k.hash = any (r.package_hashes)`

/** Of memberships `m` that the viewer may otherwise read, those that their labels and the viewer's consents leave: one of each place. */
export const toldRoom = (ctx: Ctx): RawBuilder<SqlBool> => sql`(${sensitiveRoom(ctx, 'm')} and not ${givesWay(ctx, 'm')})`

/** Where charts stand by their records without a label. */
export const WITHOUT_LABELS = sql`(
  select ${PLACE} from measure_membership where sensitivity is null
  union all select ${PLACE} from open_membership where sensitivity is null)`
