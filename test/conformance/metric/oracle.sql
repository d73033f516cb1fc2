-- The starter set as its README tells it, over raw FHIR JSON: a second opinion that shares no code with the engine, the projections or
-- the scoring. Given: measured (starts, ends) and listed (set_id, system, code), from the value sets' files, as temporary tables, and
-- oracle.offset_minutes, the period's offset from UTC.
-- Answers stand (one row a chart and measure whose initial population it is in) and chart (practice, person, payer of every chart).

-- The day of a FHIR date or time, as text. A time with a zone is read in the period's offset; anything else as it stands, so a
-- partial date stays a prefix: '2020-06'.
create function pg_temp.day_of(written text) returns text language sql stable as $$
  select case when written ~ 'T.*(Z|[+-]\d\d:\d\d)$'
    then to_char((written::timestamptz at time zone 'UTC') + make_interval(mins => current_setting('oracle.offset_minutes')::int), 'YYYY-MM-DD')
    else left(written, 10) end $$;

-- What is known of a day puts it before, after or among days. Unknown parts decide nothing.
create function pg_temp.is_after(day text, bound text) returns boolean language sql immutable as $$ select day collate "C" > bound $$;
create function pg_temp.is_before(day text, bound text) returns boolean language sql immutable as $$ select day collate "C" < left(bound, length(day)) $$;
create function pg_temp.is_within(day text, first text, last text) returns boolean language sql immutable as $$
  select day collate "C" >= first and (day = last or day collate "C" < left(last, length(day))) $$;

-- Every resource in its newest version, of the kinds that the measures and the payers' claims are about.
create temporary table raw as
  select distinct on (practice_id, patient_id, type, fhir_id) practice_id, patient_id, type, fhir_id, content::jsonb as c
    from resource_version
   where type in ('Patient', 'Encounter', 'Condition', 'Procedure', 'ServiceRequest', 'MedicationRequest', 'CarePlan', 'AllergyIntolerance', 'Coverage')
      or type = 'Observation' and content ~ (select '"(44261-6|55758-7|' || string_agg(code, '|') || ')"' from listed
                                                where set_id in (select l.set_id from listed l where l.system = 'http://loinc.org'))
   order by practice_id, patient_id, type, fhir_id, watermark desc;
analyze raw;

-- The value sets that each one's own concept is listed in.
create temporary table said as
  select distinct r.patient_id, r.type, r.fhir_id, l.set_id
    from raw r,
         lateral jsonb_array_elements(case r.type when 'Encounter' then r.c -> 'type' when 'CarePlan' then r.c -> 'category'
                                      when 'MedicationRequest' then jsonb_build_array(r.c -> 'medicationCodeableConcept')
                                      else jsonb_build_array(r.c -> 'code') end) concept,
         lateral jsonb_array_elements(concept -> 'coding') coding
    join listed l on l.system = coding ->> 'system' and l.code = coding ->> 'code'
   where r.type not in ('Patient', 'Coverage');
analyze said;

-- Full years from a birth date to a day: the most and the fewest that its known parts allow.
create function pg_temp.most_years(born text, day text) returns int language sql immutable as $$
  select extract(year from age(day::date, (born || substr('-01-01', length(born) - 3))::date)) $$;
create function pg_temp.fewest_years(born text, day text) returns int language sql immutable as $$
  select extract(year from age(day::date, case length(born) when 10 then born::date when 7 then (born || '-01')::date + interval '1 month -1 day'
                                          else (born || '-12-31')::date end)) $$;
create function pg_temp.has_coding(concept jsonb, system text, code text) returns boolean language sql immutable as $$
  select concept -> 'coding' @> jsonb_build_array(jsonb_build_object('system', system, 'code', code)) $$;

-- Federal holidays as they are kept (5 U.S.C. 6103): on the Friday before a Saturday, on the Monday after a Sunday.
create temporary table holiday as
  select case extract(isodow from day) when 6 then day - 1 when 7 then day + 1 else day end as day
    from generate_series(1990, 2040) year,
         lateral (values (make_date(year, 1, 1)), (make_date(year, 7, 4)), (make_date(year, 11, 11)), (make_date(year, 12, 25)),
                         (case when year > 2020 then make_date(year, 6, 19) end)) dated (day) where day is not null
  union all
  select make_date(year, month, 1) + (weekday - extract(isodow from make_date(year, month, 1))::int + 7) % 7 + 7 * (nth - 1)
    from generate_series(1990, 2040) year, (values (1, 1, 3), (2, 1, 3), (9, 1, 1), (10, 1, 2), (11, 4, 4)) moving (month, weekday, nth)
  union all
  select make_date(year, 5, 31) - (extract(isodow from make_date(year, 5, 31))::int - 1) from generate_series(1990, 2040) year;
create function pg_temp.second_business_day(day text) returns text language sql stable as $$
  select to_char(d, 'YYYY-MM-DD') from generate_series(day::date + 1, day::date + 9, interval '1 day') d
   where extract(isodow from d) < 6 and d::date not in (select h.day from holiday h) order by d offset 1 limit 1 $$;

-- Who paid on the last day of the period that anybody paid for. A Coverage holds on its own days, of several the one that began last;
-- else the payer of the latest claim by then, of one day a benefit before a claim. By the name that sources wrote; the uninsured are
-- null, and so is a patient who pays.
create temporary table paid as
  with evidence as (
    select practice_id, patient_id, 0 as weight, c #>> '{period,start}' as day, coalesce(c #>> '{period,end}', '9999') as until,
           c #>> '{payor,0,display}' as payer
      from raw where type = 'Coverage'
    union all
    select practice_id, patient_id, case type when 'ExplanationOfBenefit' then 1 else 2 end, left(c."billablePeriod" ->> 'start', 10), '9999',
           nullif(coalesce(c.insurer ->> 'display', c.insurance #>> '{0,coverage,display}'), 'no_insurance')
      from resource_version, json_to_record(content::json) c ("billablePeriod" json, insurer json, insurance json)
     where type in ('ExplanationOfBenefit', 'Claim')
  )
  select distinct on (e.practice_id, e.patient_id) e.practice_id, e.patient_id, e.payer
    from evidence e, measured m where e.day <= m.ends and e.until >= m.starts
   order by e.practice_id, e.patient_id, least(e.until, m.ends) desc, (e.weight = 0) desc, e.day desc, e.weight;

-- Charts are of one person when they share a social security number and an exact birth date.
create temporary table chart as
  select p.practice_id, p.patient_id, p.fhir_id, paid.payer,
         coalesce((select 'ssn ' || regexp_replace(i ->> 'value', '[\s-]', '', 'g') || ' ' || (p.c ->> 'birthDate')
                     from jsonb_array_elements(p.c -> 'identifier') i where i ->> 'system' = 'http://hl7.org/fhir/sid/us-ssn' and length(p.c ->> 'birthDate') = 10 limit 1),
                  'chart ' || p.patient_id) as person
    from raw p left join paid using (practice_id, patient_id)
   where p.type = 'Patient';

-- Facts in the words of "How a record is read".
create temporary table facts as
with visit as (
  select distinct r.patient_id from raw r, measured m
   where r.type = 'Encounter' and r.c ->> 'status' = 'finished'
     and exists (select from listed l where l.set_id = 'visit-class' and l.system = r.c #>> '{class,system}' and l.code = r.c #>> '{class,code}')
     and pg_temp.is_within(pg_temp.day_of(r.c #>> '{period,start}'), m.starts, m.ends)
), condition as (
  select r.patient_id, r.fhir_id,
         pg_temp.day_of(coalesce(r.c ->> 'onsetDateTime', r.c #>> '{onsetPeriod,start}', r.c ->> 'recordedDate')) as began,
         pg_temp.day_of(coalesce(r.c ->> 'abatementDateTime', r.c #>> '{abatementPeriod,end}')) as ended,
         exists (select from listed l where l.set_id = 'condition-over' and pg_temp.has_coding(r.c -> 'clinicalStatus', l.system, l.code)) as is_over
    from raw r
   where r.type = 'Condition'
     and not exists (select from listed l where l.set_id = 'condition-not-held' and pg_temp.has_coding(r.c -> 'verificationStatus', l.system, l.code))
), present as (
  select c.patient_id, s.set_id,
         bool_or(pg_temp.is_before(c.ended, m.starts) is not true) as in_period,
         bool_or(pg_temp.is_before(c.ended, to_char(m.starts::date - interval '1 year', 'YYYY-MM-DD')) is not true) as since_last_year,
         bool_or(pg_temp.is_before(c.ended, m.ends) is not true) as on_last_day
    from measured m, condition c join said s on s.patient_id = c.patient_id and s.type = 'Condition' and s.fhir_id = c.fhir_id
   where pg_temp.is_after(c.began, m.ends) is not true and not (c.ended is null and c.is_over)
   group by c.patient_id, s.set_id
), ever as (
  select distinct c.patient_id, s.set_id from measured m, condition c join said s on s.patient_id = c.patient_id and s.type = 'Condition' and s.fhir_id = c.fhir_id
   where pg_temp.is_after(c.began, m.ends) is not true
), performed as (
  select r.patient_id, r.fhir_id, r.c,
         pg_temp.day_of(coalesce(r.c ->> 'performedDateTime', r.c #>> '{performedPeriod,end}', r.c #>> '{performedPeriod,start}')) as day
    from raw r where r.type = 'Procedure' and r.c ->> 'status' in ('in-progress', 'completed')
), ordered as (
  select r.patient_id, r.type, s.set_id, pg_temp.day_of(r.c ->> 'authoredOn') as day
    from raw r join said s using (patient_id, type, fhir_id)
   where r.type in ('ServiceRequest', 'MedicationRequest') and r.c ->> 'status' in ('active', 'on-hold', 'completed')
     and r.c ->> 'intent' in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order')
     and (r.c ->> 'doNotPerform')::boolean is not true
), hospice as (
  select s.patient_id from measured m, said s join raw r using (patient_id, type, fhir_id)
   where r.type = 'Encounter' and r.c ->> 'status' in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished')
     and s.set_id = 'hospice'
     and pg_temp.is_after(pg_temp.day_of(r.c #>> '{period,start}'), m.ends) is not true
     and pg_temp.is_before(pg_temp.day_of(r.c #>> '{period,end}'), m.starts) is not true
  union
  select p.patient_id from measured m, performed p join said s on s.patient_id = p.patient_id and s.type = 'Procedure' and s.fhir_id = p.fhir_id
   where s.set_id = 'hospice' and pg_temp.is_within(p.day, m.starts, m.ends)
  union
  select o.patient_id from ordered o, measured m
   where o.type = 'ServiceRequest' and o.set_id = 'hospice' and pg_temp.is_within(o.day, m.starts, m.ends)
), palliative as (
  select s.patient_id from measured m, said s join raw r using (patient_id, type, fhir_id)
   where r.type = 'Encounter' and r.c ->> 'status' in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished')
     and s.set_id = 'palliative-care'
     and pg_temp.is_after(pg_temp.day_of(r.c #>> '{period,start}'), m.ends) is not true
     and pg_temp.is_before(pg_temp.day_of(r.c #>> '{period,end}'), m.starts) is not true
  union
  select p.patient_id from measured m, performed p join said s on s.patient_id = p.patient_id and s.type = 'Procedure' and s.fhir_id = p.fhir_id
   where s.set_id = 'palliative-care' and pg_temp.is_within(p.day, m.starts, m.ends)
  union
  select t.patient_id from present t where t.set_id = 'palliative-care' and t.in_period
), done as (
  select p.patient_id, s.set_id, p.day from performed p join said s on s.patient_id = p.patient_id and s.type = 'Procedure' and s.fhir_id = p.fhir_id
), done_by as (
  select distinct d.patient_id, d.set_id from done d, measured m where d.day = m.ends or pg_temp.is_before(d.day, m.ends)
), known as (
  select r.patient_id, r.fhir_id, r.c, o.day from raw r,
         lateral (select pg_temp.day_of(coalesce(r.c ->> 'effectiveDateTime', r.c ->> 'effectiveInstant', r.c #>> '{effectivePeriod,end}',
                                                 r.c #>> '{effectivePeriod,start}')) as day) o
   where r.type = 'Observation' and r.c ->> 'status' in ('final', 'amended', 'corrected') and length(o.day) = 10
), observed as (
  select k.* from known k, measured m where pg_temp.is_within(k.day, m.starts, m.ends)
), resulted as (
  select k.patient_id, s.set_id, k.day, exists (select from jsonb_object_keys(k.c) e where e like 'value%') as has_value,
         k.c #>> '{valueQuantity,value}' as number, coalesce(k.c #>> '{valueQuantity,code}', k.c #>> '{valueQuantity,unit}') as unit
    from known k join said s on s.patient_id = k.patient_id and s.type = 'Observation' and s.fhir_id = k.fhir_id
), a1c as (
  select distinct on (o.patient_id) o.patient_id, o.day, min((o.c #>> '{valueQuantity,value}')::numeric) as lowest
    from observed o join said s on s.patient_id = o.patient_id and s.type = 'Observation' and s.fhir_id = o.fhir_id
   where s.set_id = 'hemoglobin-a1c' and coalesce(o.c #>> '{valueQuantity,code}', o.c #>> '{valueQuantity,unit}') = '%'
     and o.c #>> '{valueQuantity,value}' is not null
   group by o.patient_id, o.day order by o.patient_id, o.day desc
), pressure as (
  select o.patient_id, o.day, t.systolic, t.diastolic
    from observed o join said s on s.patient_id = o.patient_id and s.type = 'Observation' and s.fhir_id = o.fhir_id,
         lateral (select min(v.number) filter (where pg_temp.has_coding(v.code, 'http://loinc.org', '8480-6')) as systolic,
                         min(v.number) filter (where pg_temp.has_coding(v.code, 'http://loinc.org', '8462-4')) as diastolic
                    from (select p -> 'code' as code, (p #>> '{valueQuantity,value}')::numeric as number from jsonb_array_elements(o.c -> 'component') p
                           where coalesce(p #>> '{valueQuantity,code}', p #>> '{valueQuantity,unit}') in ('mm[Hg]', 'mmHg', 'mm Hg')) v) t
   where s.set_id = 'blood-pressure-panel'
), last_pressure as (
  select distinct on (patient_id) patient_id, min(systolic) as systolic, min(diastolic) as diastolic from pressure
   where systolic is not null and diastolic is not null group by patient_id, day order by patient_id, day desc
), screening as (
  select o.patient_id, o.day, s.instrument, coalesce((o.c #>> '{valueQuantity,value}')::numeric, (o.c ->> 'valueInteger')::numeric) as score
    from observed o join (values ('44261-6', 'PHQ-9'), ('55758-7', 'PHQ-2')) s (code, instrument) on pg_temp.has_coding(o.c -> 'code', 'http://loinc.org', s.code)
   where coalesce(o.c #>> '{valueQuantity,value}', o.c ->> 'valueInteger') is not null
  union all
  select p.patient_id, p.day, 'statement', 0 from performed p, measured m
   where length(p.day) = 10 and pg_temp.is_within(p.day, m.starts, m.ends)
     and exists (select from (values ('G8510'), ('G8431')) g (code)
                  where pg_temp.has_coding(p.c -> 'code', 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', g.code))
), screened as (
  select s.patient_id, s.day, max(s.score) filter (where s.instrument = 'PHQ-9') as phq9, max(s.score) filter (where s.instrument = 'PHQ-2') as phq2
    from screening s where s.day = (select max(t.day collate "C") from screening t where t.patient_id = s.patient_id) group by s.patient_id, s.day
), follow_up as (
  select o.patient_id, o.day from ordered o
   where (o.type, o.set_id) in (('MedicationRequest', 'antidepressant'), ('ServiceRequest', 'mental-health-referral'))
  union all
  select s.patient_id, pg_temp.day_of(r.c #>> '{period,start}') from said s join raw r using (patient_id, type, fhir_id)
   where s.type = 'Encounter' and s.set_id = 'behavioral-health-visit' and r.c ->> 'status' = 'finished'
  union all
  select s.patient_id, pg_temp.day_of(coalesce(r.c ->> 'created', r.c #>> '{period,start}')) from said s join raw r using (patient_id, type, fhir_id)
   where s.type = 'CarePlan' and s.set_id = 'mental-health-care-plan' and r.c ->> 'status' in ('active', 'on-hold', 'completed')
), answered as (
  select distinct on (o.patient_id) o.patient_id, bool_or(a.uses) as uses
    from observed o join said s on s.patient_id = o.patient_id and s.type = 'Observation' and s.fhir_id = o.fhir_id,
         lateral (select bool_or(l.set_id = 'tobacco-user') as uses from listed l
                   where l.set_id in ('tobacco-user', 'tobacco-non-user') and pg_temp.has_coding(o.c -> 'valueCodeableConcept', l.system, l.code)) a
   where s.set_id = 'tobacco-status' and a.uses is not null
   group by o.patient_id, o.day order by o.patient_id, o.day desc
), helped as (
  select h.patient_id
    from (select patient_id, day from done where set_id = 'tobacco-cessation-counseling'
          union all
          select patient_id, day from ordered
           where (type, set_id) in (('ServiceRequest', 'tobacco-cessation-counseling'), ('MedicationRequest', 'tobacco-cessation-medicine'))) h, measured m
   where pg_temp.is_within(h.day, to_char(m.starts::date - interval '6 months', 'YYYY-MM-DD'), m.ends)
), clogged as (
  select patient_id from ever where set_id = 'atherosclerotic-disease'
  union select patient_id from done_by where set_id = 'atherosclerotic-disease'
), fat as (
  select patient_id from ever where set_id = 'familial-hypercholesterolemia'
  union
  select r.patient_id from resulted r, measured m
   where r.set_id = 'ldl-cholesterol' and r.unit = 'mg/dL' and r.number::numeric >= 190 and pg_temp.is_within(r.day, '1900-01-01', m.ends)
), intolerant as (
  select patient_id from ever where set_id = 'statin-side-effect'
  union
  select patient_id from present where set_id in ('liver-disease', 'kidney-failure') and in_period
  union
  select s.patient_id from measured m, said s join raw r using (patient_id, type, fhir_id)
   where s.type = 'AllergyIntolerance' and s.set_id = 'statin-allergy'
     and not exists (select from listed l where l.set_id = 'allergy-not-held' and pg_temp.has_coding(r.c -> 'verificationStatus', l.system, l.code))
     and pg_temp.is_after(pg_temp.day_of(coalesce(r.c ->> 'onsetDateTime', r.c ->> 'recordedDate')), m.ends) is not true
), bowel as (
  select x.patient_id from measured m,
         lateral (select patient_id, 1 as years, set_id, day, true as is_done from done where set_id = 'fecal-blood-test'
                  union all select patient_id, 1, set_id, day, has_value from resulted where set_id = 'fecal-blood-test'
                  union all select patient_id, 3, set_id, day, has_value from resulted where set_id = 'stool-dna-test'
                  union all select patient_id, 5, set_id, day, true from done where set_id = 'colon-view'
                  union all select patient_id, 5, set_id, day, true from resulted where set_id = 'colon-view'
                  union all select patient_id, 10, set_id, day, true from done where set_id = 'colonoscopy') x
   where x.is_done and pg_temp.is_within(x.day, to_char(m.starts::date - make_interval(years => x.years - 1), 'YYYY-MM-DD'), m.ends)
), seen_breast as (
  select x.patient_id from measured m, (select patient_id, set_id, day from done union all select patient_id, set_id, day from resulted) x
   where x.set_id = 'mammography' and pg_temp.is_within(x.day, to_char(m.starts::date - interval '15 months', 'YYYY-MM-DD'), m.ends)
), removed as (
  select patient_id, bool_or(set_id = 'both-breasts-removed') or count(distinct set_id) filter (where set_id <> 'both-breasts-removed') = 2 as both_sides
    from (select * from ever union select * from done_by) x where set_id in ('both-breasts-removed', 'left-breast-removed', 'right-breast-removed') group by 1
), stay as (
  select r.patient_id, r.c ->> 'status' as status, pg_temp.day_of(r.c #>> '{period,start}') as began, pg_temp.day_of(r.c #>> '{period,end}') as ended,
         exists (select from listed l where l.set_id = 'discharge-elsewhere'
                    and pg_temp.has_coding(r.c #> '{hospitalization,dischargeDisposition}', l.system, l.code)) as is_elsewhere
    from raw r
   where r.type = 'Encounter'
     and exists (select from listed l where l.set_id = 'hospital-stay-class' and l.system = r.c #>> '{class,system}' and l.code = r.c #>> '{class,code}')
), home as (
  select s.patient_id, to_char(max(s.ended)::date + 1, 'YYYY-MM-DD') as first, pg_temp.second_business_day(max(s.ended)) as last
    from stay s, measured m
   where s.status = 'finished' and length(s.ended) = 10 and pg_temp.is_within(s.ended, m.starts, m.ends) and not s.is_elsewhere group by 1
), called as (
  select h.patient_id from home h join raw r using (patient_id)
   where r.type = 'Encounter' and r.c ->> 'status' = 'finished' and pg_temp.is_within(pg_temp.day_of(r.c #>> '{period,start}'), h.first, h.last)
     and (exists (select from listed l where l.set_id = 'visit-class' and l.system = r.c #>> '{class,system}' and l.code = r.c #>> '{class,code}')
          or exists (select from said s where s.patient_id = r.patient_id and s.type = 'Encounter' and s.fhir_id = r.fhir_id and s.set_id = 'care-management-contact'))
), back as (
  select h.patient_id from home h join stay s using (patient_id)
   where s.status in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished') and pg_temp.is_within(s.began, h.first, h.last)
), contact as (
  select distinct s.patient_id from measured m, said s join raw r using (patient_id, type, fhir_id)
   where s.type = 'Encounter' and s.set_id = 'care-management-contact' and r.c ->> 'status' = 'finished'
     and pg_temp.is_within(pg_temp.day_of(r.c #>> '{period,start}'), to_char(m.ends::date - 179, 'YYYY-MM-DD'), m.ends)
)
select p.practice_id, p.patient_id,
       pg_temp.fewest_years(p.c ->> 'birthDate', m.ends) as age, pg_temp.most_years(p.c ->> 'birthDate', m.ends) as age_at_most,
       pg_temp.fewest_years(p.c ->> 'birthDate', m.starts) as age_at_start, pg_temp.most_years(p.c ->> 'birthDate', m.starts) as age_at_start_at_most,
       p.c ->> 'gender' = 'female' as is_woman,
       case when p.c ? 'deceasedDateTime' then pg_temp.is_after(pg_temp.day_of(p.c ->> 'deceasedDateTime'), m.ends)
            else (p.c ->> 'deceasedBoolean')::boolean is not true end as is_alive,
       exists (select from visit v where v.patient_id = p.patient_id) as has_visit,
       exists (select from hospice h where h.patient_id = p.patient_id) as in_hospice,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'diabetes' and t.in_period) as has_diabetes,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'hypertension' and t.in_period) as has_hypertension,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id in ('kidney-failure', 'pregnancy') and t.in_period)
         or exists (select from done_by d where d.patient_id = p.patient_id and d.set_id = 'dialysis-or-kidney-transplant') as kidneys_or_child,
       exists (select from ever b where b.patient_id = p.patient_id and b.set_id = 'bipolar-disorder') as has_bipolar,
       (select count(*) from present t where t.patient_id = p.patient_id and t.on_last_day and t.set_id in ('diabetes', 'hypertension',
          'heart-disease', 'heart-failure', 'asthma', 'copd', 'chronic-kidney-disease', 'depression', 'arthritis')) as groups,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'pregnancy' and t.in_period) as is_pregnant,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'kidney-failure' and t.in_period) as has_kidney_failure,
       exists (select from palliative q where q.patient_id = p.patient_id) as in_palliative,
       exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'frailty' and t.in_period)
         and exists (select from present t where t.patient_id = p.patient_id and t.set_id = 'advanced-illness' and t.since_last_year) as frail_and_ill,
       exists (select from answered a where a.patient_id = p.patient_id
                  and (not a.uses or exists (select from helped h where h.patient_id = p.patient_id))) as is_helped,
       exists (select from clogged a where a.patient_id = p.patient_id) as is_clogged,
       exists (select from fat f where f.patient_id = p.patient_id) as is_fat,
       exists (select from intolerant i where i.patient_id = p.patient_id) as is_intolerant,
       exists (select from ordered o where o.patient_id = p.patient_id and o.type = 'MedicationRequest' and o.set_id = 'statin'
                  and pg_temp.is_within(o.day, m.starts, m.ends)) as on_statin,
       (select count(distinct r.set_id) from resulted r where r.patient_id = p.patient_id and r.has_value and pg_temp.is_within(r.day, m.starts, m.ends)
           and r.set_id in ('estimated-gfr', 'urine-albumin-creatinine-ratio')) = 2 as kidneys_seen,
       exists (select from ever e where e.patient_id = p.patient_id and e.set_id = 'colorectal-cancer')
         or exists (select from done_by d where d.patient_id = p.patient_id and d.set_id = 'total-colectomy') as no_bowel,
       exists (select from bowel b where b.patient_id = p.patient_id) as bowel_seen,
       coalesce((select r.both_sides from removed r where r.patient_id = p.patient_id), false) as no_breast,
       exists (select from seen_breast b where b.patient_id = p.patient_id) as breast_seen,
       exists (select from resulted r where r.patient_id = p.patient_id and r.set_id = 'falls-screening' and r.has_value
                  and pg_temp.is_within(r.day, m.starts, m.ends)) as falls_asked,
       exists (select from home h where h.patient_id = p.patient_id) as came_home,
       exists (select from back b where b.patient_id = p.patient_id) as went_back,
       exists (select from called c where c.patient_id = p.patient_id) as is_called,
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
         (s.excepted and not s.excluded and not s.met)::int as denominator_exception, (s.met and not s.excluded)::int as numerator
    from facts f,
         lateral (values
           ('glycemic-control-poor', f.age >= 18 and f.age_at_most <= 75 and f.has_diabetes and f.has_visit, f.in_hospice, false, f.is_poor),
           ('blood-pressure-control', f.age >= 18 and f.age_at_most <= 85 and f.has_hypertension and f.has_visit, f.kidneys_or_child or f.in_hospice, false, f.is_controlled),
           ('depression-screening-follow-up', f.age_at_start >= 12 and f.has_visit, f.has_bipolar, false, f.is_screened),
           ('care-management-contact', f.age >= 18 and f.groups >= 2 and f.has_visit, f.in_hospice, false, f.has_contact),
           ('tobacco-screening-cessation', f.age_at_start >= 18 and f.has_visit, f.in_hospice, false, f.is_helped),
           ('statin-therapy', f.has_visit and (f.age_at_start >= 18 and f.is_clogged
              or f.age_at_start >= 20 and f.age_at_start_at_most <= 75 and f.is_fat
              or f.age_at_start >= 40 and f.age_at_start_at_most <= 75 and f.has_diabetes),
            f.is_pregnant or f.in_hospice or f.in_palliative, f.is_intolerant, f.on_statin),
           ('kidney-health-evaluation', f.age_at_start >= 18 and f.age_at_start_at_most <= 85 and f.has_diabetes and f.has_visit,
            f.has_kidney_failure or f.in_hospice or f.in_palliative, false, f.kidneys_seen),
           ('colorectal-cancer-screening', f.age >= 46 and f.age_at_most <= 75 and f.has_visit,
            f.no_bowel or f.in_hospice or f.in_palliative or f.age >= 66 and f.frail_and_ill, false, f.bowel_seen),
           ('breast-cancer-screening', f.is_woman and f.age >= 42 and f.age_at_most <= 74 and f.has_visit,
            f.no_breast or f.in_hospice or f.in_palliative or f.age >= 66 and f.frail_and_ill, false, f.breast_seen),
           ('falls-risk-screening', f.age_at_start >= 65 and f.has_visit, f.in_hospice, false, f.falls_asked),
           ('follow-up-after-discharge', f.age >= 18 and f.came_home, f.went_back or f.in_hospice, false, f.is_called)
         ) s (measure_id, counts, excluded, excepted, met)
   where s.counts and f.is_alive;
