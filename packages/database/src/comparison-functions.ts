import type { DefinerFunction } from './definer-function.ts'

/**
 * What a practice learns of the others it could subtract itself from: nothing unless at least three others count, and none of them alone
 * makes most of the figure. Minimum of three contributors and (1, k) dominance: Federal Committee on Statistical Methodology, Statistical
 * Policy Working Paper 22 (2005), chapter IV; the smallest group is that of CMS cell suppression, 11.
 */
const FEWEST_OTHERS = 3
const LARGEST_SHARE = 0.8
const SMALLEST_GROUP = 11

const OWN_PRACTICE = `nullif(current_setting('commons.practice_id', true), '')::uuid`
const COUNTED = '(s.denominator - s.denominator_exclusion - s.denominator_exception)'

/** People in each registry, each counted once, to the nearest ten, so that no day tells of one of them: what the region is shown of registries. */
export const registrySizes: DefinerFunction = {
  signature: 'commons_registry_sizes()',
  name: 'commons_registry_sizes()',
  returns: 'table (registry text, people integer)',
  body: `select m.registry, (round(count(distinct p.person_id) / 10.0) * 10)::int from registry_membership m
            join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
            join patient_summary s on s.practice_id = m.practice_id and s.patient_id = m.patient_id and not s.deceased
           where m.left_on is null group by m.registry having count(distinct p.person_id) >= ${SMALLEST_GROUP}`,
  grantedTo: 'commons_region',
}

const OTHERS = `others as (
           select s.measure_id, s.numerator, ${COUNTED} as counted,
                  count(*) over of_measure >= ${FEWEST_OTHERS} and max(${COUNTED}) over of_measure <= ${LARGEST_SHARE} * sum(${COUNTED}) over of_measure as told
             from score s
            where s.run_id = run and s.group_index = 0 and s.practice_id <> ${OWN_PRACTICE} and ${COUNTED} >= ${SMALLEST_GROUP}
           window of_measure as (partition by s.measure_id))`

/** Rates of the other practices, unnamed and in whole percent, so that no count can be read from them; small denominators stay out. */
export const peerRates: DefinerFunction = {
  signature: 'commons_peer_rates(run uuid, measure text)',
  name: 'commons_peer_rates(uuid, text)',
  returns: 'table (rate double precision)',
  body: `with ${OTHERS}
          select round(o.numerator::numeric / o.counted, 2)::float8 from others o where o.measure_id = measure and o.told order by 1`,
  grantedTo: 'commons_practice',
}

/**
 * The region's rate of each measure in whole percent, and its 95 % interval (Wilson, as packages/domain's rate.ts) out to the next five:
 * a finer one tells how many people it counts. Where too few others count, or one of them counts for nearly all, there is none: less its
 * own, a practice could work out theirs.
 */
export const regionRates: DefinerFunction = {
  signature: 'commons_region_rates(run uuid)',
  name: 'commons_region_rates(uuid)',
  returns: 'table (measure_id text, rate double precision, low double precision, high double precision)',
  body: `with ${OTHERS}, region as (
           select s.measure_id, s.numerator::float8 / ${COUNTED} as share, ${COUNTED}::float8 as n, 1.959963984540054::float8 as z from score s
            where s.run_id = run and s.group_index = 0 and s.practice_id is null and ${COUNTED} > 0
              and exists (select from others o where o.measure_id = s.measure_id and o.told)
         ), wilson as (
           select r.*, (share + z * z / (2 * n)) / (1 + z * z / n) as middle, z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n) as reach
             from region r
         )
         select w.measure_id, round(share::numeric, 2)::float8, greatest(0, floor(20 * (middle - reach)) / 20), least(1, ceil(20 * (middle + reach)) / 20)
           from wilson w`,
  grantedTo: 'commons_practice',
}
