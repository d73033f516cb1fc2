create table "registry_count" ("practice_id" uuid not null, "living" int not null, primary key ("practice_id"));
alter table "registry_count" enable row level security;
create policy "registry_count_own_practice" on "registry_count" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "registry_count_assigned_practices" on "registry_count" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "registry_count_worked_practices" on "registry_count" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "registry_count" add constraint "registry_count_practice" foreign key ("practice_id") references "organization" ("id");

-- The owner counts everybody's charts; policies are not forced on it while it does.
alter table "patient_summary" no force row level security;
insert into "registry_count" ("practice_id", "living")
select "practice_id", count(*) filter (where not "deceased") from "patient_summary" group by "practice_id";
alter table "patient_summary" force row level security;
alter table "registry_count" force row level security;
