import type { DefinerFunction } from './definer-function.ts'

/**
 * Shares charts out among people: those with one root are one person's. A chart may be of a practice that the caller does not work for. A person goes
 * on as the one who has its oldest chart; of several who become one the oldest chart's stays. The figures that follow records are told of every
 * chart that changes hands. Of leads who meet in one person all stay, the longest in the ledger.
 */
export const linkCharts: DefinerFunction = {
  signature: 'commons_link_charts(charts uuid[], roots integer[])',
  name: 'commons_link_charts(uuid[], integer[])',
  returns: 'table (patient_id uuid)',
  body: `with locked as (
           select p.practice_id, p.id, p.person_id, w.root from unnest(charts, roots) w (chart, root) join patient p on p.id = w.chart
            order by p.practice_id, p.id for no key update of p),
         chart as (select l.*, row_number() over (partition by l.person_id order by l.id) as nth from locked l),
         human as materialized (
           select c.root, coalesce((array_agg(c.person_id order by c.id) filter (where c.nth = 1))[1], gen_random_uuid()) as person_id from chart c group by c.root),
         made as (
           insert into person (id, created_at) select h.person_id, now() from human h where not exists (select from chart c where c.person_id = h.person_id)),
         moved as (
           update patient p set person_id = h.person_id from chart c join human h on h.root = c.root
            where p.practice_id = c.practice_id and p.id = c.id and c.person_id <> h.person_id
           returning p.practice_id, p.id),
         gone as (
           delete from person r using chart c where r.id = c.person_id and not exists (select from human h where h.person_id = r.id)),
         followed as (
           insert into changed_chart (practice_id, patient_id, watermark)
           select m.practice_id, m.id, w.value from moved m cross join (select max(d.value) as value from data_watermark d) w
           on conflict (practice_id, patient_id) do update set watermark = excluded.watermark, evaluated = false),
         led as (
           select e.id, e.program, e.lead_since, h.person_id from chart c join human h on h.root = c.root
             join care_case e on e.practice_id = c.practice_id and e.patient_id = c.id and e.closed_at is null and e.lead_membership_id is not null),
         freed as (delete from lead_ledger g using led l where g.case_id = l.id returning g.case_id),
         kept as (
           insert into lead_ledger (person_id, program, case_id)
           select distinct on (l.person_id, l.program) l.person_id, l.program, l.id from led l cross join (select count(*) from freed) after_those
            order by l.person_id, l.program, l.lead_since, l.id)
         select m.id from moved m`,
  grantedTo: 'commons_worker',
}
