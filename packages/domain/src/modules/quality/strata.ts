import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import { smallZip3Areas } from './zip3-areas.ts'

/** What figures can be broken down by, in the order people read it: what was agreed on, and a measure's own stratifiers. */
export const brokenDownBy = ['age', 'sex', 'zip3', 'stratifier'] as const
export type BrokenDownBy = (typeof brokenDownBy)[number]

/** What was agreed on for a year; nothing of it is agreed on where there is null or false. */
export interface Strata {
  /** The first age of each band but the lowest, ascending. */
  readonly ages: readonly number[] | null
  readonly sex: boolean
  readonly zip3: boolean
}

/** A stratum of its own, so that strata sum to the whole. */
export const UNKNOWN = 'unknown'
const SMALL_AREAS_TOGETHER = '000'
export const SEXES = ['female', 'male', 'other', UNKNOWN] as const

const OLDEST_BOUND = 120
const MOST_BANDS = 10

/** Why bounds make no bands, in words; null where they do. */
export function boundsFault(bounds: readonly number[]): string | null {
  if (bounds.length === 0 || bounds.length >= MOST_BANDS) return `Age bands take 1 to ${MOST_BANDS - 1} first ages, not ${bounds.length}.`
  const odd = bounds.find((age) => !Number.isInteger(age) || age < 1 || age > OLDEST_BOUND)
  if (odd !== undefined) return `A band begins at a whole age from 1 to ${OLDEST_BOUND}, not at ${odd}.`
  const at = bounds.findIndex((age, index) => index > 0 && age <= bounds[index - 1]!)
  return at < 0 ? null : `Each band begins at a higher age than the one before: ${bounds[at]} follows ${bounds[at - 1]}.`
}

/** Of ages 18 and 65: 0-17, 18-64, 65+. */
export const bandsOf = (bounds: readonly number[]): string[] => [
  `0-${bounds[0]! - 1}`,
  ...bounds.map((age, index) => (index + 1 < bounds.length ? `${age}-${bounds[index + 1]! - 1}` : `${age}+`)),
]

/** Every stratum of a dimension, in order; of areas those that were found. */
export function strataOf(strata: Strata, dimension: BrokenDownBy, found: Iterable<string>): string[] {
  if (dimension === 'age') return [...bandsOf(strata.ages ?? [1]), UNKNOWN]
  if (dimension === 'sex') return [...SEXES]
  return [...new Set(found)].sort()
}

/**
 * The strata of chart `p`: `age_band`, `sex`, `zip3`, each null where it was not agreed on. Age is that on the last day of the period, as in
 * CMS's eCQMs since 2023 (CMS122, CMS165: `AgeInYearsAt(date from end of "Measurement Period")`); a birth date is a day of no time zone. Sex is
 * the administrative one.
 */
export function strataColumns(strata: Strata | null, periodEnd: Day): RawBuilder<unknown> {
  const { ages, sex, zip3 } = strata ?? { ages: null, sex: false, zip3: false }
  const age = sql`extract(year from age(${periodEnd}::date, p.birth_date))::int`
  const ageBand = ages
    ? sql`case when p.birth_date <= ${periodEnd}::date then (${bandsOf(ages)}::text[])[1 + width_bucket(${age}, ${[...ages]}::int[])] else ${UNKNOWN} end`
    : sql`null::text`
  const sexOf = sex ? sql`case when p.gender in ('female', 'male', 'other') then p.gender else ${UNKNOWN} end` : sql`null::text`
  const area = sql`left(p.postal_code, 3)`
  const zip3Of = zip3
    ? sql`case when p.postal_code !~ ${ZIP_CODE} or p.postal_code is null then ${UNKNOWN}
               when ${area} = any (${[...smallZip3Areas]}::text[]) then ${SMALL_AREAS_TOGETHER} else ${area} end`
    : sql`null::text`
  return sql`${ageBand} as age_band, ${sexOf} as sex, ${zip3Of} as zip3`
}

/** Five digits, or nine. */
const ZIP_CODE = '^[0-9]{5}(-?[0-9]{4})?$'

/** What a row of `EACH_STRATUM` is of. */
export const STRATUM = sql`dimension, stratifier, stratum`

/**
 * A row `d` for each stratum of row `m`: of the `charts` that it stands for, which are in the same strata and count alike by the measure's own
 * stratifiers (`strata`).
 */
export const EACH_STRATUM = sql`cross join lateral (
  select a.dimension, null::text as stratifier, a.stratum, m.initial_population as counted_1, m.denominator as counted_2,
         m.denominator_exclusion as counted_3, m.denominator_exception as counted_4, m.numerator as counted_5
    from (values ('age', m.age_band), ('sex', m.sex), ('zip3', m.zip3)) a (dimension, stratum) where a.stratum is not null
  union all
  select 'stratifier', s.stratifier, s.stratum, m.charts * s.counts[1], m.charts * s.counts[2], m.charts * s.counts[3], m.charts * s.counts[4],
         m.charts * s.counts[5]
    from jsonb_to_recordset(m.strata) s (stratifier text, stratum text, counts int[])) d`
/** Of such rows. */
export const STRATUM_SUMS = sql`sum(counted_1)::int, sum(counted_2)::int, sum(counted_3)::int, sum(counted_4)::int, sum(counted_5)::int`
