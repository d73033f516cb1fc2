-- A run reads the versions that stood at its watermark and can matter: each version says when it took place and what replaced it.
alter table "resource_version" add "first_day" date not null default '-infinity', add "last_day" date not null default 'infinity', add "superseded_at" bigint null;
create index "resource_version_need" on "resource_version" ("practice_id", "type", "patient_id", "last_day") where not withdrawn;

-- The owner sees every chart while policies are not forced on it. Days of versions that are here already stay unknown: they are read.
alter table "resource_version" no force row level security;
update "resource_version" v set "superseded_at" = n."next"
  from (select "practice_id", "patient_id", "type", "fhir_id", "watermark",
               lead("watermark") over (partition by "practice_id", "patient_id", "type", "fhir_id" order by "watermark") as "next"
          from "resource_version") n
 where n."next" is not null and v."practice_id" = n."practice_id" and v."patient_id" = n."patient_id" and v."type" = n."type"
   and v."fhir_id" = n."fhir_id" and v."watermark" = n."watermark";
alter table "resource_version" force row level security;
alter table "metric_chunk" add "fetch_ms" int not null default 0, add "evaluate_ms" int not null default 0, add "write_ms" int not null default 0;
