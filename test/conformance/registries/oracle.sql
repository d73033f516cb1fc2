-- Who is in which registry on a day, by the facts alone and written apart from the CQL: `standing (patient_id, registry, sensitivity, facts)`.
-- `listed` has the codes of the value sets, `counted` the day. A row for each chart and registry, by the first level of labels that suffices.
with
day as (select on_day from counted),
level (label, place) as (values (null::text, 0), ('behavioral', 1), ('part2', 2)),
placed as (
  select f.practice_id, f.patient_id, f.type, f.type || '/' || f.fhir_id as fact, l.set_id, f.status, f.verification, f.starts_at, f.starts_on, f.ends_at, f.value, f.unit,
         case f.sensitivity when 'part2' then 2 when 'behavioral' then 1 else 0 end as place
    from clinical_fact f join code c on c.id = f.code_id join listed l on l.system = c.system and l.code = c.code
   where f.type in ('Condition', 'Observation')),
living as (
  select p.practice_id, p.id as patient_id from patient p, day
   where not p.deceased or p.deceased_on > on_day),
problem as (
  select k.* from placed k, day
   where k.type = 'Condition' and coalesce(k.verification, '') not in ('entered-in-error', 'refuted')
     and (k.starts_on is null or k.starts_on <= on_day)
     and case when k.ends_at is null then coalesce(k.status, 'active') not in ('inactive', 'remission', 'resolved')
              else (k.ends_at at time zone 'UTC')::date >= on_day end),
filtration as (
  select k.* from placed k, day
   where k.type = 'Observation' and k.set_id = 'estimated-gfr' and k.status in ('final', 'amended', 'corrected') and k.value is not null
     and k.starts_on between (on_day - interval '2 years')::date and on_day),
kidney as (
  select e.label, e.place, f.practice_id, f.patient_id, min(f.starts_on) filter (where f.value < 60) as first_low,
         max(f.starts_on) filter (where f.value < 60) as last_low, max(f.starts_on) as newest
    from level e join filtration f on f.place <= e.place group by e.label, e.place, f.practice_id, f.patient_id),
rule (registry, set_id, needed) as (values
  ('diabetes', 'diabetes', 1), ('hypertension', 'hypertension', 1), ('asthma-copd', 'asthma', 1), ('asthma-copd', 'copd', 1),
  ('heart', 'heart-disease', 1), ('heart', 'heart-failure', 1), ('arthritis', 'arthritis', 1), ('depression', 'depression', 1),
  ('chronic-kidney-disease', 'chronic-kidney-disease', 1),
  ('multiple-chronic-conditions', 'diabetes', 2), ('multiple-chronic-conditions', 'hypertension', 2), ('multiple-chronic-conditions', 'heart-disease', 2),
  ('multiple-chronic-conditions', 'heart-failure', 2), ('multiple-chronic-conditions', 'asthma', 2), ('multiple-chronic-conditions', 'copd', 2),
  ('multiple-chronic-conditions', 'chronic-kidney-disease', 2), ('multiple-chronic-conditions', 'depression', 2), ('multiple-chronic-conditions', 'arthritis', 2)),
found as (
  select e.label, e.place, r.registry, k.patient_id, k.fact, k.set_id, r.needed
    from level e join problem k on k.place <= e.place join rule r on r.set_id = k.set_id
  union
  select d.label, d.place, 'chronic-kidney-disease', d.patient_id, f.fact, 'estimated-gfr', 1
    from kidney d join filtration f on f.practice_id = d.practice_id and f.patient_id = d.patient_id and f.place <= d.place
   where d.last_low = d.newest and d.first_low <= d.last_low - 90 and f.value < 60 and f.starts_on in (d.first_low, d.last_low)),
reached as (
  select label, place, registry, patient_id, array_agg(distinct fact order by fact) as facts
    from found join living using (patient_id)
   group by label, place, registry, patient_id, needed having count(distinct set_id) >= needed)
select distinct on (patient_id, registry) patient_id as "patientId", registry, label as sensitivity, facts
  from reached order by patient_id, registry, place
