-- The newest laboratory value and prescription of each chart, beside its newest visit.
alter table "patient_summary" add column "lab_on" date null, add column "prescribed_on" date null;

-- The owner reads everybody's facts; policies are not forced on it while it does.
alter table "patient_summary" no force row level security;
alter table "clinical_fact" no force row level security;
update "patient_summary" s set "lab_on" = n."lab_on", "prescribed_on" = n."prescribed_on"
  from (select "practice_id", "patient_id", max("starts_on") filter (where "type" = 'Observation') as "lab_on",
               max("starts_on") filter (where "type" = 'MedicationRequest') as "prescribed_on"
          from "clinical_fact"
         where ("type" = 'MedicationRequest' or ("type" = 'Observation' and "category" = 'laboratory')) and "sensitivity" is null
           and coalesce("verification", '') <> 'entered-in-error' and coalesce("status", '') <> 'entered-in-error' and "starts_at" <= now()
         group by "practice_id", "patient_id") n
 where n."practice_id" = s."practice_id" and n."patient_id" = s."patient_id";
alter table "clinical_fact" force row level security;
alter table "patient_summary" force row level security;
