-- What is computed is agreed on for periods: dated rows that are added and never changed. What was in force so far stays so.
alter table "measure_package" add "url" text null, add "loaded_by" uuid null;
alter table "measure_package" no force row level security;
update "measure_package" set "url" = jsonb_path_query_first("bundle"::jsonb, '$.entry[*].resource ? (@.resourceType == "Measure").url') #>> '{}';
alter table "measure_package" force row level security;
create policy "measure_package_region_insert" on "measure_package" for insert to "commons_region" with check (true);
create policy "measure_package_region_update" on "measure_package" for update to "commons_region" using (true) with check (true);
alter table "measure_package" add constraint "measure_package_loader" foreign key ("loaded_by") references "app_user" ("id");

create table "measure_term" ("id" uuid not null, "measure_id" text not null, "package_hash" text null, "starts_on" date not null, "ends_on" date null, "position" smallint not null, "agreed_by" uuid null, "agreed_with" text not null, "agreed_at" timestamptz not null, primary key ("id"));
create index "measure_term_measure" on "measure_term" ("measure_id");
alter table "measure_term" add constraint "measure_term_package" foreign key ("package_hash") references "measure_package" ("hash");
alter table "measure_term" add constraint "measure_term_agreed" foreign key ("agreed_by") references "app_user" ("id");
alter table "active_measure" no force row level security;
insert into "measure_term" ("id", "measure_id", "package_hash", "starts_on", "ends_on", "position", "agreed_by", "agreed_with", "agreed_at")
select gen_random_uuid(), "measure_id", "package_hash", '1900-01-01', null, "position", null, 'Starter set', now() from "active_measure";
drop table "active_measure";
alter table "measure_term" enable row level security;
alter table "measure_term" force row level security;
create policy "measure_term_directory" on "measure_term" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_grantee", "commons_auditor", "commons_worker" using (true);
create policy "measure_term_worker_all" on "measure_term" to "commons_worker" using (true) with check (true);
create policy "measure_term_region_insert" on "measure_term" for insert to "commons_region" with check (true);
