import { sql } from 'kysely'

/** The run behind the newest published period. */
export const NEWEST_RUN = sql`(select run_id from publication order by period_end desc, period_start desc limit 1)`

/** The run that was published for it, from which the run behind it may have moved on with the records. */
export const PUBLISHED_RUN = sql`(select coalesce(r.live_of, r.id) from publication u join metric_run r on r.id = u.run_id
  order by u.period_end desc, u.period_start desc limit 1)`

export const COUNTED = sql`m.denominator - m.denominator_exclusion - m.denominator_exception > 0`

/** Of a membership `m` under package `k`: counted, and on the wrong side of the numerator. */
export const IS_OPEN = sql`(${COUNTED} and (m.numerator = 0) = (k.improvement = 'increase'))`

/** Memberships `m` of run `r` with the package `k` that decided them. */
export const MEMBERSHIPS = sql`measure_membership m join metric_run r on r.id = m.run_id
  join measure_package k on k.measure_id = m.measure_id and k.hash = any (r.package_hashes)`
