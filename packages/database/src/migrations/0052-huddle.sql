create table "huddle_entry" ("id" uuid not null, "practice_id" uuid not null, "patient_id" uuid not null, "day" date not null, "reason" text not null, "words" text not null, "carried_from" date null, "added_by" uuid not null, "added_by_name" text not null, "added_at" timestamptz not null, "ended_as" text null, "ended_at" timestamptz null, "ended_by_name" text null, primary key ("id"));
create index "huddle_entry_day" on "huddle_entry" ("practice_id", "day");
create unique index "huddle_entry_open" on "huddle_entry" ("practice_id", "patient_id", "day") where (ended_at IS NULL);
alter table "huddle_entry" add constraint "huddle_entry_ended" check (((ended_at IS NULL) = (ended_as IS NULL)));
alter table "huddle_entry" add constraint "huddle_entry_reason_check" check (reason in ('overdue', 'worse', 'came-home', 'nobody', 'other'));
alter table "huddle_entry" add constraint "huddle_entry_ended_as_check" check (ended_as in ('done', 'removed', 'carried'));
alter table "huddle_entry" enable row level security;
alter table "huddle_entry" force row level security;
create policy "huddle_entry_own_practice" on "huddle_entry" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "huddle_entry_assigned_practices" on "huddle_entry" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "huddle_entry_practice_adds" on "huddle_entry" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (added_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (added_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text]))));
create policy "huddle_entry_practice_changes" on "huddle_entry" for update to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL))) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((ended_at IS NOT NULL) AND (ended_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text]))));
create policy "huddle_entry_care_manager_adds" on "huddle_entry" for insert to "commons_care_manager" with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (ended_at IS NULL) AND (added_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (added_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))));
create policy "huddle_entry_care_manager_changes" on "huddle_entry" for update to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (ended_at IS NULL))) with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND ((ended_at IS NOT NULL) AND (ended_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))));
alter table "huddle_entry" add constraint "huddle_entry_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
