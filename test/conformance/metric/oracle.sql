-- The starter set as its README tells it, over raw FHIR JSON: a second opinion that shares no code with the engine, the projections or
-- the scoring. Given as temporary tables: measured (starts, ends, offset_minutes) and listed (set_id, system, code), from the value sets' files.
-- Answers stand (one row a chart and measure whose initial population it is in) and chart (practice, person, payer of every chart).

-- The day of a FHIR date or time, as text. A time with a zone is read in the period's offset; anything else as it stands, so a
-- partial date stays a prefix: '2020-06'.
create function pg_temp.day_of(written text) returns text language sql stable as $$
  select case when written ~ 'T.*(Z|[+-]\d\d:\d\d)$'
    then to_char((written::timestamptz at time zone 'UTC') + make_interval(mins => (select offset_minutes from measured)), 'YYYY-MM-DD')
    else left(written, 10) end $$;

-- What is known of a day puts it before, after or among days. Unknown parts decide nothing.
create function pg_temp.is_after(day text, bound text) returns boolean language sql immutable as $$ select day collate "C" > bound $$;
create function pg_temp.is_before(day text, bound text) returns boolean language sql immutable as $$ select day collate "C" < left(bound, length(day)) $$;
create function pg_temp.is_within(day text, first text, last text) returns boolean language sql immutable as $$
  select day collate "C" >= first and (day = last or day collate "C" < left(last, length(day))) $$;

create function pg_temp.coded(concept jsonb, sets text[]) returns boolean language sql stable as $$
  select exists (select from jsonb_array_elements(concept -> 'coding') c join listed l on l.system = c ->> 'system' and l.code = c ->> 'code'
                  where l.set_id = any (sets)) $$;
create function pg_temp.coded_any(concepts jsonb, sets text[]) returns boolean language sql stable as $$
  select exists (select from jsonb_array_elements(concepts) c where pg_temp.coded(c, sets)) $$;
create function pg_temp.is_loinc(concept jsonb, wanted text) returns boolean language sql immutable as $$
  select concept -> 'coding' @> jsonb_build_array(jsonb_build_object('system', 'http://loinc.org', 'code', wanted)) $$;

create temporary table raw as
  select distinct on (practice_id, patient_id, type, fhir_id) practice_id, patient_id, type, fhir_id, content::jsonb as c
    from resource_version
   where type in ('Patient', 'Encounter', 'Condition', 'Observation', 'Procedure', 'ServiceRequest', 'MedicationRequest', 'CarePlan',
                  'Coverage', 'ExplanationOfBenefit', 'Claim')
     and (type <> 'Observation' or content ~ '"(4548-4|4549-2|17855-8|17856-6|96595-4|85354-9|55284-4|44261-6|55758-7)"')
   order by practice_id, patient_id, type, fhir_id, watermark desc;
create index on raw (type, patient_id);
analyze raw;

-- Who paid last on the days of the period. A Coverage holds on its own days; else the payer of the latest claim before its end, of one
-- day a benefit before a claim. Names are what sources wrote; null is the uninsured.
create temporary table chart as
  select p.practice_id, p.patient_id, p.fhir_id,
         coalesce((select 'ssn ' || regexp_replace(i ->> 'value', '[\s-]', '', 'g') || ' ' || (p.c ->> 'birthDate')
                     from jsonb_array_elements(p.c -> 'identifier') i where i ->> 'system' = 'http://hl7.org/fhir/sid/us-ssn' limit 1),
                  'chart ' || p.patient_id) as person,
         paid.payer
    from raw p
    left join lateral (
      select e.payer from (
        select 0 as weight, v.c #>> '{period,start}' as day,
               case when v.c #>> '{payor,0,reference}' like 'Patient/%' then null
                    else coalesce(v.c #>> '{payor,0,display}', v.c #>> '{payor,0,reference}') end as payer
          from raw v, measured m
         where v.type = 'Coverage' and v.practice_id = p.practice_id and v.patient_id = p.patient_id
           and v.c #>> '{period,start}' <= m.ends and coalesce(v.c #>> '{period,end}', '9999') >= m.starts
        union all
        select case v.type when 'ExplanationOfBenefit' then 1 else 2 end, left(v.c #>> '{billablePeriod,start}', 10),
               nullif(coalesce(v.c #>> '{insurer,display}', v.c #>> '{insurance,0,coverage,display}'), 'no_insurance')
          from raw v, measured m
         where v.type in ('ExplanationOfBenefit', 'Claim') and v.practice_id = p.practice_id and v.patient_id = p.patient_id
           and left(v.c #>> '{billablePeriod,start}', 10) <= m.ends) e
       order by (e.weight = 0) desc, e.day desc, e.weight limit 1) paid on true
   where p.type = 'Patient';

-- Facts in the words of "How a record is read".
create temporary table facts as
with visit as (
  select distinct r.patient_id from raw r, measured m
   where r.type = 'Encounter' and r.c ->> 'status' = 'finished'
     and exists (select from listed l where l.set_id = 'visit-class' and l.system = r.c #>> '{class,system}' and l.code = r.c #>> '{class,code}')
     and pg_temp.is_within(pg_temp.day_of(r.c #>> '{period,start}'), m.starts, m.ends)
), condition as (
  select r.patient_id, r.c -> 'code' as code,
         pg_temp.day_of(coalesce(r.c ->> 'onsetDateTime', r.c #>> '{onsetPeriod,start}', r.c ->> 'recordedDate')) as began,
         pg_temp.day_of(coalesce(r.c ->> 'abatementDateTime', r.c #>> '{abatementPeriod,end}')) as ended,
         pg_temp.coded(r.c -> 'clinicalStatus', '{condition-over}') as is_over
    from raw r where r.type = 'Condition' and pg_temp.coded(r.c -> 'verificationStatus', '{condition-not-held}') is not true
), present as (
  select c.patient_id, l.set_id,
         bool_or(pg_temp.is_before(c.ended, m.starts) is not true) as in_period,
         bool_or(pg_temp.is_before(c.ended, m.ends) is not true) as on_last_day
    from condition c, measured m, (select distinct set_id from listed) l
   where l.set_id in ('diabetes', 'hypertension', 'heart-disease', 'heart-failure', 'asthma', 'copd', 'chronic-kidney-disease', 'depression',
                      'arthritis', 'kidney-failure', 'pregnancy')
     and pg_temp.coded(c.code, array[l.set_id])
     and pg_temp.is_after(c.began, m.ends) is not true and not (c.ended is null and coalesce(c.is_over, false))
   group by c.patient_id, l.set_id
), bipolar as (
  select distinct c.patient_id from condition c, measured m
   where pg_temp.coded(c.code, '{bipolar-disorder}') and pg_temp.is_after(c.began, m.ends) is not true
), performed as (
  select r.patient_id, r.c -> 'code' as code,
         pg_temp.day_of(coalesce(r.c ->> 'performedDateTime', r.c #>> '{performedPeriod,end}', r.c #>> '{performedPeriod,start}')) as day
    from raw r where r.type = 'Procedure' and r.c ->> 'status' in ('in-progress', 'completed')
), ordered as (
  select r.patient_id, r.type, coalesce(r.c -> 'code', r.c -> 'medicationCodeableConcept') as code, pg_temp.day_of(r.c ->> 'authoredOn') as day
    from raw r
   where r.type in ('ServiceRequest', 'MedicationRequest') and r.c ->> 'status' in ('active', 'on-hold', 'completed')
     and r.c ->> 'intent' in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order')
     and (r.c ->> 'doNotPerform')::boolean is not true
), hospice as (
  select r.patient_id from raw r, measured m
   where r.type = 'Encounter' and r.c ->> 'status' in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished')
     and pg_temp.coded_any(r.c -> 'type', '{hospice}')
     and pg_temp.is_after(pg_temp.day_of(r.c #>> '{period,start}'), m.ends) is not true
     and pg_temp.is_before(pg_temp.day_of(r.c #>> '{period,end}'), m.starts) is not true
  union
  select p.patient_id from performed p, measured m where pg_temp.coded(p.code, '{hospice}') and pg_temp.is_within(p.day, m.starts, m.ends)
  union
  select o.patient_id from ordered o, measured m
   where o.type = 'ServiceRequest' and pg_temp.coded(o.code, '{hospice}') and pg_temp.is_within(o.day, m.starts, m.ends)
), dialysis as (
  select distinct p.patient_id from performed p, measured m
   where pg_temp.coded(p.code, '{dialysis-or-kidney-transplant}') and (p.day = m.ends or pg_temp.is_before(p.day, m.ends))
), observed as (
  select r.patient_id, r.c, o.day from raw r, measured m,
         lateral (select pg_temp.day_of(coalesce(r.c ->> 'effectiveDateTime', r.c ->> 'effectiveInstant', r.c #>> '{effectivePeriod,end}',
                                                 r.c #>> '{effectivePeriod,start}')) as day) o
   where r.type = 'Observation' and r.c ->> 'status' in ('final', 'amended', 'corrected') and pg_temp.is_within(o.day, m.starts, m.ends)
), a1c as (
  select distinct on (o.patient_id) o.patient_id, o.day, min((o.c #>> '{valueQuantity,value}')::numeric) as lowest
    from observed o
   where pg_temp.coded(o.c -> 'code', '{hemoglobin-a1c}') and coalesce(o.c #>> '{valueQuantity,code}', o.c #>> '{valueQuantity,unit}') = '%'
     and o.c #>> '{valueQuantity,value}' is not null
   group by o.patient_id, o.day order by o.patient_id, o.day desc
), pressure as (
  select o.patient_id, o.day, t.systolic, t.diastolic from observed o,
         lateral (select min(v.number) filter (where pg_temp.is_loinc(v.code, '8480-6')) as systolic,
                         min(v.number) filter (where pg_temp.is_loinc(v.code, '8462-4')) as diastolic
                    from (select p -> 'code' as code, (p #>> '{valueQuantity,value}')::numeric as number from jsonb_array_elements(o.c -> 'component') p
                           where coalesce(p #>> '{valueQuantity,code}', p #>> '{valueQuantity,unit}') in ('mm[Hg]', 'mmHg', 'mm Hg')) v) t
   where pg_temp.coded(o.c -> 'code', '{blood-pressure-panel}')
), last_pressure as (
  select distinct on (patient_id) patient_id, min(systolic) as systolic, min(diastolic) as diastolic from pressure
   where systolic is not null and diastolic is not null group by patient_id, day order by patient_id, day desc
), screening as (
  select o.patient_id, o.day, s.instrument, coalesce((o.c #>> '{valueQuantity,value}')::numeric, (o.c ->> 'valueInteger')::numeric) as score
    from observed o join (values ('44261-6', 'PHQ-9'), ('55758-7', 'PHQ-2')) s (code, instrument) on pg_temp.is_loinc(o.c -> 'code', s.code)
   where coalesce(o.c #>> '{valueQuantity,value}', o.c ->> 'valueInteger') is not null
  union all
  select p.patient_id, p.day, 'statement', 0 from performed p, measured m
   where pg_temp.is_within(p.day, m.starts, m.ends)
     and exists (select from jsonb_array_elements(p.code -> 'coding') c
                  where c ->> 'system' = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets' and c ->> 'code' in ('G8510', 'G8431'))
), screened as (
  select s.patient_id, s.day, max(s.score) filter (where s.instrument = 'PHQ-9') as phq9, max(s.score) filter (where s.instrument = 'PHQ-2') as phq2
    from screening s where s.day = (select max(t.day collate "C") from screening t where t.patient_id = s.patient_id) group by s.patient_id, s.day
), follow_up as (
  select o.patient_id, o.day from ordered o
   where (o.type = 'MedicationRequest' and pg_temp.coded(o.code, '{antidepressant}')) or (o.type = 'ServiceRequest' and pg_temp.coded(o.code, '{mental-health-referral}'))
  union all
  select r.patient_id, pg_temp.day_of(r.c #>> '{period,start}') from raw r
   where r.type = 'Encounter' and r.c ->> 'status' = 'finished' and pg_temp.coded_any(r.c -> 'type', '{behavioral-health-visit}')
  union all
  select r.patient_id, pg_temp.day_of(coalesce(r.c ->> 'created', r.c #>> '{period,start}')) from raw r
   where r.type = 'CarePlan' and r.c ->> 'status' in ('active', 'on-hold', 'completed') and pg_temp.coded_any(r.c -> 'category', '{mental-health-care-plan}')
), contact as (
  select distinct r.patient_id from raw r, measured m
   where r.type = 'Encounter' and r.c ->> 'status' = 'finished' and pg_temp.coded_any(r.c -> 'type', '{care-management-contact}')
     and pg_temp.is_within(pg_temp.day_of(r.c #>> '{period,start}'), to_char(m.ends::date - 179, 'YYYY-MM-DD'), m.ends)
)
select p.practice_id, p.patient_id,
       extract(year from age(m.ends::date, (p.c ->> 'birthDate')::date)) as age_at_end,
       extract(year from age(m.starts::date, (p.c ->> 'birthDate')::date)) as age_at_start,
       case when p.c ? 'deceasedDateTime' then pg_temp.is_after(pg_temp.day_of(p.c ->> 'deceasedDateTime'), m.ends)
            else (p.c ->> 'deceasedBoolean')::boolean is not true end as is_alive,
       exists (select from visit v where v.patient_id = p.patient_id) as has_visit,
       exists (select from hospice h where h.patient_id = p.patient_id) as in_hospice,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'diabetes' and t.in_period) as has_diabetes,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'hypertension' and t.in_period) as has_hypertension,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id in ('kidney-failure', 'pregnancy') and t.in_period)
         or exists (select from dialysis d where d.patient_id = p.patient_id) as kidneys_or_child,
       exists (select from bipolar b where b.patient_id = p.patient_id) as has_bipolar,
       (select count(*) from present t where t.patient_id = p.patient_id and t.on_last_day and t.set_id not in ('kidney-failure', 'pregnancy')) as groups,
       exists (select from contact c where c.patient_id = p.patient_id) as has_contact,
       coalesce((select a.lowest > 9 from a1c a where a.patient_id = p.patient_id), true) as is_poor,
       coalesce((select b.systolic < 140 and b.diastolic < 90 from last_pressure b where b.patient_id = p.patient_id), false) as is_controlled,
       coalesce((select case when s.phq9 is not null then s.phq9 < 10 or f.follows when s.phq2 is not null then s.phq2 < 3 or f.follows else true end
                   from screened s, lateral (select exists (select from follow_up u where u.patient_id = s.patient_id and pg_temp.is_within(u.day, s.day,
                          to_char(s.day::date + 14, 'YYYY-MM-DD'))) as follows) f
                  where s.patient_id = p.patient_id), false) as is_screened
  from raw p, measured m where p.type = 'Patient';

create temporary table stand as
  select f.practice_id, f.patient_id, s.measure_id, 1 as initial_population, 1 as denominator, s.excluded::int as denominator_exclusion,
         0 as denominator_exception, (s.met and not s.excluded)::int as numerator
    from facts f,
         lateral (values
           ('glycemic-control-poor', f.age_at_end between 18 and 75 and f.has_diabetes, f.in_hospice, f.is_poor),
           ('blood-pressure-control', f.age_at_end between 18 and 85 and f.has_hypertension, f.kidneys_or_child or f.in_hospice, f.is_controlled),
           ('depression-screening-follow-up', f.age_at_start >= 12, f.has_bipolar, f.is_screened),
           ('care-management-contact', f.age_at_end >= 18 and f.groups >= 2, f.in_hospice, f.has_contact)
         ) s (measure_id, counts, excluded, met)
   where s.counts and f.is_alive and f.has_visit;
