-- Condition registries: definitions as versions, who is in them and who was. Charts that are here already are counted by the first pass.
create table "registry_beginning" ("practice_id" uuid not null, "package_hash" text not null, "begun_on" date not null, primary key ("practice_id", "package_hash"));
create table "registry_chart" ("practice_id" uuid not null, "patient_id" uuid not null, "watermark" bigint not null, "evaluated" boolean not null default false, "counted_on" date null, "counted_with" text[] null, primary key ("practice_id", "patient_id"));
create index "registry_chart_waiting" on "registry_chart" ("practice_id", "watermark") where not evaluated;
create table "registry_membership" ("practice_id" uuid not null, "id" uuid not null, "registry" text not null, "patient_id" uuid not null, "entered_on" date not null, "entered_by" text not null, "entered_reasons" jsonb not null, "entered_hash" text not null, "entered_watermark" bigint not null, "left_on" date null, "left_by" text null, "left_reasons" jsonb null, "left_hash" text null, "left_watermark" bigint null, "sensitivity" text null, primary key ("practice_id", "id"));
create index "registry_membership_chart" on "registry_membership" ("practice_id", "patient_id");
create index "registry_membership_left" on "registry_membership" ("practice_id", "registry", "left_on") where left_on is not null;
create unique index "registry_membership_open" on "registry_membership" ("practice_id", "registry", "patient_id") where (left_on IS NULL);
create table "registry_package" ("hash" text not null, "registry" text not null, "version" text not null, "title" text not null, "description" text not null, "sources" text[] not null, "cql" text not null, "source_hash" text not null, "bundle" text not null, "loaded_at" timestamptz not null, primary key ("hash"));
create index "registry_package_registry" on "registry_package" ("registry");
create table "registry_pass" ("id" uuid not null, "as_of" date not null, "package_hashes" text[] not null, "idempotency_key" text not null, "asked_at" timestamptz not null, primary key ("id"));
alter table "registry_pass" add constraint "registry_pass_idempotency_key_unique" unique ("idempotency_key");
create table "registry_term" ("id" uuid not null, "registry" text not null, "package_hash" text null, "position" smallint not null, "agreed_by" uuid null, "agreed_with" text not null, "agreed_at" timestamptz not null, primary key ("id"));
create index "registry_term_registry" on "registry_term" ("registry");
alter table "registry_beginning" enable row level security;
alter table "registry_beginning" force row level security;
create policy "registry_beginning_own_practice" on "registry_beginning" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "registry_beginning_assigned_practices" on "registry_beginning" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "registry_beginning_worked_practices" on "registry_beginning" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "registry_chart" enable row level security;
alter table "registry_chart" force row level security;
create policy "registry_chart_worked_practices" on "registry_chart" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "registry_membership" add constraint "registry_membership_ended" check (((left_on IS NULL) = (left_by IS NULL)));
alter table "registry_membership" add constraint "registry_membership_entered_by_check" check (entered_by in ('first-count', 'definition', 'records'));
alter table "registry_membership" add constraint "registry_membership_left_by_check" check (left_by in ('exit', 'ended', 'definition', 'retired'));
alter table "registry_membership" add constraint "registry_membership_sensitivity_check" check (sensitivity in ('part2', 'behavioral'));
alter table "registry_membership" enable row level security;
alter table "registry_membership" force row level security;
create policy "registry_membership_own_practice" on "registry_membership" for select to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((sensitivity IS NULL) OR ((current_setting('commons.sensitive'::text, true) = 'on'::text) AND ((EXISTS ( SELECT FROM consent c
  WHERE ((c.practice_id = registry_membership.practice_id) AND (c.patient_id = registry_membership.patient_id) AND (c.category = registry_membership.sensitivity) AND (c.recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (c.ended_at IS NULL) AND ((c.expires_at IS NULL) OR (c.expires_at > now()))))) OR (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.practice_id = registry_membership.practice_id) AND (e.patient_id = registry_membership.patient_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (e.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (e.ended_at IS NULL) AND ((e.expires_at IS NULL) OR (e.expires_at > now()))))))))));
create policy "registry_membership_assigned_practices" on "registry_membership" for select to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND ((sensitivity IS NULL) OR ((current_setting('commons.sensitive'::text, true) = 'on'::text) AND ((EXISTS ( SELECT FROM consent c
  WHERE ((c.practice_id = registry_membership.practice_id) AND (c.patient_id = registry_membership.patient_id) AND (c.category = registry_membership.sensitivity) AND (c.recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (c.ended_at IS NULL) AND ((c.expires_at IS NULL) OR (c.expires_at > now()))))) OR (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.practice_id = registry_membership.practice_id) AND (e.patient_id = registry_membership.patient_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (e.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (e.ended_at IS NULL) AND ((e.expires_at IS NULL) OR (e.expires_at > now()))))))))));
create policy "registry_membership_own_chart" on "registry_membership" for select to "commons_patient" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (patient_id = (nullif(current_setting('commons.patient_id'::text, true), ''::text))::uuid)));
create policy "registry_membership_worked_practices" on "registry_membership" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "registry_package" enable row level security;
alter table "registry_package" force row level security;
create policy "registry_package_practice_select" on "registry_package" for select to "commons_practice" using (true);
create policy "registry_package_care_manager_select" on "registry_package" for select to "commons_care_manager" using (true);
create policy "registry_package_patient_select" on "registry_package" for select to "commons_patient" using (true);
create policy "registry_package_region_select" on "registry_package" for select to "commons_region" using (true);
create policy "registry_package_worker_all" on "registry_package" to "commons_worker" using (true) with check (true);
alter table "registry_pass" enable row level security;
alter table "registry_pass" force row level security;
create policy "registry_pass_worker_all" on "registry_pass" to "commons_worker" using (true) with check (true);
alter table "registry_term" enable row level security;
alter table "registry_term" force row level security;
create policy "registry_term_practice_select" on "registry_term" for select to "commons_practice" using (true);
create policy "registry_term_care_manager_select" on "registry_term" for select to "commons_care_manager" using (true);
create policy "registry_term_patient_select" on "registry_term" for select to "commons_patient" using (true);
create policy "registry_term_region_select" on "registry_term" for select to "commons_region" using (true);
create policy "registry_term_worker_all" on "registry_term" to "commons_worker" using (true) with check (true);
create policy "registry_term_region_adds" on "registry_term" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (agreed_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
alter table "registry_term" add constraint "registry_term_package" foreign key ("package_hash") references "registry_package" ("hash");
alter table "registry_beginning" add constraint "registry_beginning_practice" foreign key ("practice_id") references "organization" ("id");
alter table "registry_membership" add constraint "registry_membership_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
