import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import { smallZip3Areas } from './zip3-areas.ts'

/** What figures can be broken down by, in the order people read it. */
export const dimensions = ['age', 'sex', 'zip3'] as const
export type Dimension = (typeof dimensions)[number]

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
export function strataOf(strata: Strata, dimension: Dimension, found: Iterable<string>): string[] {
  if (dimension === 'age') return [...bandsOf(strata.ages ?? [1]), UNKNOWN]
  if (dimension === 'sex') return [...SEXES]
  return [...new Set(found)].sort()
}

export const agreedDimensions = ({ ages, sex, zip3 }: Strata): Dimension[] =>
  dimensions.filter((one) => ({ age: ages !== null, sex, zip3 })[one])

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

/** A row for each stratum of row `m`, which has its strata as columns. */
export const EACH_STRATUM = sql`cross join lateral (
  select d.dimension, d.stratum from (values ('age', m.age_band), ('sex', m.sex), ('zip3', m.zip3)) d (dimension, stratum) where d.stratum is not null) d`
