-- A clinician's own word on a tier, which lists follow until its last day; and how the models fit the region, worked out with the scores.
create table "tier_override" ("id" uuid not null, "practice_id" uuid not null, "patient_id" uuid not null, "tier_before" smallint not null, "tier" smallint not null, "words" text not null, "expires_on" date not null, "recorded_by" uuid not null, "recorded_by_name" text not null, "recorded_at" timestamptz not null, "ended_at" timestamptz null, "ended_by_name" text null, "idempotency_key" text not null, primary key ("id"));
create index "tier_override_chart" on "tier_override" ("practice_id", "patient_id");
alter table "tier_override" add constraint "tier_override_idempotency" unique ("practice_id", "idempotency_key");
create table "risk_outcome" ("practice_id" uuid not null, "patient_id" uuid not null, "model" text not null, "score" smallint not null, "stayed" boolean not null, primary key ("practice_id", "patient_id", "model"));
create table "risk_calibration" ("model" text not null, "score" smallint not null, "people" int not null, "stayed" int null, "as_of" date not null, "counted_on" date not null, primary key ("model", "score"));
alter table "patient_risk" add "override_id" uuid null, add "outcome_on" date null;
alter table "tier_override" add constraint "tier_override_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
create index "patient_risk_overridden" on "patient_risk" ("practice_id", "override_id") where (override_id IS NOT NULL);
alter table "risk_calibration" enable row level security;
alter table "risk_calibration" force row level security;
create policy "risk_calibration_practice_select" on "risk_calibration" for select to "commons_practice" using (true);
create policy "risk_calibration_care_manager_select" on "risk_calibration" for select to "commons_care_manager" using (true);
create policy "risk_calibration_region_select" on "risk_calibration" for select to "commons_region" using (true);
create policy "risk_calibration_worker_all" on "risk_calibration" to "commons_worker" using (true) with check (true);
alter table "risk_outcome" enable row level security;
alter table "risk_outcome" force row level security;
create policy "risk_outcome_worked_practices" on "risk_outcome" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create unique index "tier_override_standing" on "tier_override" ("practice_id", "patient_id") where (ended_at IS NULL);
alter table "tier_override" add constraint "tier_override_tier_check" check (((tier >= 0) AND (tier <= 4)));
alter table "tier_override" enable row level security;
alter table "tier_override" force row level security;
create policy "tier_override_own_practice" on "tier_override" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "tier_override_assigned_practices" on "tier_override" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "tier_override_worked_practices" on "tier_override" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "tier_override_practice_adds" on "tier_override" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (recorded_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))));
create policy "tier_override_practice_changes" on "tier_override" for update to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL))) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((ended_at IS NOT NULL) AND (ended_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))));
