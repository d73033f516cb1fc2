import type { DefinerFunction } from './definer-function.ts'

/*
 * What the region is told of its practices beside their published scores: aggregates alone, no cell of 1 to 10 people, and none from which so
 * few follow.
 */
const SMALLEST_GROUP = 11

/**
 * Each practice's rate of the twelve months that end with each month, as far as it is worked out by the package in force: in whole percent, of
 * people to the nearest ten, so that years that overlap tell of nobody when they are subtracted. Of a measure and month the practices that are
 * not told have together more than ten people: the smallest that could be is left out with them.
 */
export const practiceMonths: DefinerFunction = {
  signature: 'commons_practice_months()',
  name: 'commons_practice_months()',
  returns:
    'table (practice_id uuid, measure_id text, package_hash text, ends_on date, people integer, rate double precision, watermark bigint)',
  body: `with placed as (
           select s.*, t.watermark as read_to, sum(s.counted) filter (where s.counted < ${SMALLEST_GROUP}) over of_month as few,
                  row_number() over (of_month order by s.counted < ${SMALLEST_GROUP}, s.counted, s.practice_id) as place
             from month_score s join month_state t on t.practice_id = s.practice_id
           window of_month as (partition by s.measure_id, s.ends_on))
         select p.practice_id, p.measure_id, p.package_hash, p.ends_on, (round(p.counted / 10.0) * 10)::int, round(p.numerator::numeric / p.counted, 2)::float8, p.read_to
           from placed p
          where p.counted >= ${SMALLEST_GROUP} and not (p.place = 1 and coalesce(p.few, 0) between 1 and ${SMALLEST_GROUP - 1})`,
  grantedTo: 'commons_region',
}

/** Null for 1 to 10 of all, and where all but so few are meant. */
const told = (count: string): string =>
  `case when k.charts < ${SMALLEST_GROUP} or ${count} between 1 and ${SMALLEST_GROUP - 1} or k.charts - ${count} between 1 and ${SMALLEST_GROUP - 1} then null else ${count}::int end`
const newest = (day: string): string => `case when k.charts >= ${SMALLEST_GROUP} then ${day} end`

/**
 * What each practice's charts of the living rest on: the newest visit, laboratory value and prescription, how many have none, how many cannot be
 * linked (no identifier that another chart could share), share their person with another chart of the practice, or have the name and birth
 * date of another person in the region.
 */
export const practiceRecords: DefinerFunction = {
  signature: 'commons_practice_records()',
  name: 'commons_practice_records()',
  returns: `table (practice_id uuid, charts integer, visit_through date, lab_through date, prescribed_through date,
                   without_visit integer, without_lab integer, unlinked integer, doubled integer, alike integer)`,
  body: `with chart as materialized (
           select s.practice_id, s.patient_id, p.person_id, s.sort_name, s.birth_date, s.last_visit_on, s.lab_on, s.prescribed_on
             from patient_summary s join patient p on p.practice_id = s.practice_id and p.id = s.patient_id where not s.deceased),
         keyed as (select distinct y.patient_id from person_key y),
         doubled as (select c.practice_id, c.person_id from chart c group by 1, 2 having count(*) > 1),
         named as (
           select c.sort_name, c.birth_date from chart c where c.birth_date is not null
            group by 1, 2 having count(*) > 1 and count(distinct c.person_id) > 1),
         counts as (
           select c.practice_id, count(*) as charts, max(c.last_visit_on) as visit, max(c.lab_on) as lab, max(c.prescribed_on) as prescribed,
                  count(*) filter (where c.last_visit_on is null) as no_visit, count(*) filter (where c.lab_on is null) as no_lab,
                  count(*) filter (where y.patient_id is null) as unlinked, count(d.person_id) as doubled, count(n.sort_name) as alike
             from chart c left join keyed y on y.patient_id = c.patient_id
             left join doubled d on d.practice_id = c.practice_id and d.person_id = c.person_id
             left join named n on n.sort_name = c.sort_name and n.birth_date = c.birth_date
            group by c.practice_id)
         select k.practice_id, case when k.charts >= ${SMALLEST_GROUP} then k.charts::int end, ${newest('k.visit')}, ${newest('k.lab')}, ${newest('k.prescribed')},
                ${['k.no_visit', 'k.no_lab', 'k.unlinked', 'k.doubled', 'k.alike'].map(told).join(', ')}
           from counts k`,
  grantedTo: 'commons_region',
}

const year = (which: string): string => `
           left join lateral (
             select m.ends_on, (round(m.counted / 10.0) * 10)::int as people, round(m.numerator::numeric / m.counted, 2)::float8 as rate from month_score m
              where m.practice_id = c.practice_id and m.measure_id = c.measure_id and m.counted >= ${SMALLEST_GROUP} and ${which}
              order by m.ends_on desc limit 1)`

/**
 * What practices share of how they got better, for everybody in the region who works on it: the words that they wrote for that, and the rates of
 * the year before and the year since, rounded as in `practiceMonths`.
 */
export const playbooks: DefinerFunction = {
  signature: 'commons_playbooks()',
  name: 'commons_playbooks()',
  returns: `table (id uuid, practice_id uuid, measure_id text, aim text, change_tried text, learned text, starts_on date, ends_on date,
                   before_until date, before_people integer, before_rate double precision, after_until date, after_people integer, after_rate double precision)`,
  body: `select c.id, c.practice_id, c.measure_id, c.aim, c.change_tried, c.learned, c.starts_on, c.ends_on,
                b.ends_on, b.people, b.rate, a.ends_on, a.people, a.rate
           from improvement_cycle c
           ${year('m.ends_on < c.starts_on')} b on true
           ${year(`m.ends_on >= c.starts_on and m.ends_on < date_trunc('month', c.starts_on + interval '13 months')`)} a on true
          where c.shared`,
  grantedTo: 'commons_practice, commons_region',
}
