import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'

interface Period {
  readonly start: Day
  readonly end: Day
}

/** What is computed over a period, a row a measure: `id` of the term, `measure_id`, `package_hash`, `position`. Of terms that cover it the latest counts. */
export const setInForce = ({ start, end }: Period): RawBuilder<unknown> => sql`
  (select id, measure_id, package_hash, position from (
     select distinct on (measure_id) id, measure_id, package_hash, position from measure_term
      where starts_on <= ${start}::date and (ends_on is null or ends_on >= ${end}::date)
      order by measure_id, agreed_at desc, id desc) latest
    where package_hash is not null)`

/** What figures of a period are broken down by, as `Strata`: the latest of the terms that cover it. Null: nothing was ever agreed on, or by nothing. */
export const strataInForce = ({ start, end }: Period): RawBuilder<unknown> => sql`
  (select case when age_bounds is not null or by_sex or by_zip3 then jsonb_build_object('ages', to_jsonb(age_bounds), 'sex', by_sex, 'zip3', by_zip3) end
     from strata_term where starts_on <= ${start}::date and (ends_on is null or ends_on >= ${end}::date)
    order by agreed_at desc, id desc limit 1)`
