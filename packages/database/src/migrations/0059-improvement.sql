create table "improvement_cycle" ("id" uuid not null, "practice_id" uuid not null, "measure_id" text not null, "aim" text not null, "change_tried" text not null, "learned" text not null, "starts_on" date not null, "ends_on" date null, "shared" boolean not null, "version" int not null, "created_by" uuid not null, "created_by_name" text not null, "created_at" timestamptz not null, "updated_by" uuid not null, "updated_by_name" text not null, "updated_at" timestamptz not null, primary key ("id"));
create index "improvement_cycle_practice" on "improvement_cycle" ("practice_id", "starts_on");
alter table "improvement_cycle" add constraint "improvement_cycle_days" check (((ends_on IS NULL) OR (ends_on >= starts_on)));
alter table "improvement_cycle" enable row level security;
alter table "improvement_cycle" force row level security;
create policy "improvement_cycle_own_practice" on "improvement_cycle" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "improvement_cycle_practice_adds" on "improvement_cycle" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (updated_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (updated_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text])) AND (created_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (created_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))));
create policy "improvement_cycle_practice_changes" on "improvement_cycle" for update to "commons_practice" using ((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid)) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (updated_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (updated_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text]))));
create policy "improvement_cycle_worked_practices" on "improvement_cycle" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "improvement_cycle" add constraint "improvement_cycle_practice" foreign key ("practice_id") references "organization" ("id");
