-- Who the shared staff are at work, what they are licensed and trained for, and which discipline may do what.
alter table "care_assignment" add "duty" text not null default 'care-management', add "hours" jsonb not null default '[]';
alter table "care_assignment" add constraint "care_assignment_duty_check" check (duty in ('care-management', 'medication-reconciliation', 'medication-review', 'nutrition-therapy', 'behavioral-health', 'community-outreach'));
create table "staff_member" ("membership_id" uuid not null, "discipline" text not null, "employer" text not null, "fte_percent" smallint not null, "weekly_minutes" smallint not null, "home_base" text not null, "languages" text[] not null, "supervisor_id" uuid null, "version" int not null, "recorded_by" uuid not null, "recorded_at" timestamptz not null, primary key ("membership_id"));
alter table "staff_member" add constraint "staff_member_discipline_check" check (discipline in ('nurse', 'social-worker', 'pharmacist', 'dietitian', 'community-health-worker', 'behavioral-health-specialist'));
alter table "staff_member" add constraint "staff_member_fte_percent_check" check (((fte_percent >= 1) AND (fte_percent <= 100)));
alter table "staff_member" add constraint "staff_member_weekly_minutes_check" check (((weekly_minutes >= 0) AND (weekly_minutes <= 3600)));
create table "staff_credential" ("id" uuid not null, "membership_id" uuid not null, "kind" text not null, "title" text not null, "state" text not null, "number" text not null, "expires_on" date null, "ended_at" timestamptz null, "recorded_by" uuid not null, "recorded_at" timestamptz not null, primary key ("id"));
create unique index "staff_credential_live" on "staff_credential" ("membership_id", "kind", "title", "state") where (ended_at IS NULL);
alter table "staff_credential" add constraint "staff_credential_kind_check" check (kind in ('license', 'certification'));
create table "staff_training" ("id" uuid not null, "membership_id" uuid not null, "kind" text not null, "title" text not null, "day" date not null, "done" boolean not null, "minutes" smallint not null, "recorded_by" uuid not null, "recorded_at" timestamptz not null, primary key ("id"));
alter table "staff_training" add constraint "staff_training_once" unique ("membership_id", "kind", "title", "day");
alter table "staff_training" add constraint "staff_training_kind_check" check (kind in ('education', 'competency', 'curriculum', 'case-review'));
alter table "staff_training" add constraint "staff_training_minutes_check" check (((minutes >= 0) AND (minutes <= 6000)));
create table "scope_rule" ("id" uuid not null, "discipline" text not null, "duty" text not null, "permitted" boolean not null, "needs_license" boolean not null, "since" date not null, "source" text not null, "recorded_by" uuid null, "recorded_at" timestamptz not null, primary key ("id"));
alter table "scope_rule" add constraint "scope_rule_discipline_check" check (discipline in ('nurse', 'social-worker', 'pharmacist', 'dietitian', 'community-health-worker', 'behavioral-health-specialist'));
alter table "scope_rule" add constraint "scope_rule_duty_check" check (duty in ('care-management', 'medication-reconciliation', 'medication-review', 'nutrition-therapy', 'behavioral-health', 'community-outreach'));
alter table "staff_member" add constraint "staff_member_membership" foreign key ("membership_id") references "membership" ("id");
alter table "staff_member" enable row level security;
alter table "staff_member" force row level security;
create policy "staff_member_worker_all" on "staff_member" to "commons_worker" using (true) with check (true);
create policy "staff_member_region_select" on "staff_member" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])));
create policy "staff_member_own_membership" on "staff_member" for select to "commons_care_manager" using (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = staff_member.membership_id)))));
create policy "staff_member_region_adds" on "staff_member" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = staff_member.membership_id) AND (h.role = ANY (ARRAY['care-manager'::text, 'care-supervisor'::text])) AND (h.ended_at IS NULL))))));
create policy "staff_member_region_changes" on "staff_member" for update to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text]))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
alter table "staff_credential" add constraint "staff_credential_membership" foreign key ("membership_id") references "membership" ("id");
alter table "staff_credential" enable row level security;
alter table "staff_credential" force row level security;
create policy "staff_credential_worker_all" on "staff_credential" to "commons_worker" using (true) with check (true);
create policy "staff_credential_region_select" on "staff_credential" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])));
create policy "staff_credential_own_membership" on "staff_credential" for select to "commons_care_manager" using (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = staff_credential.membership_id)))));
create policy "staff_credential_region_adds" on "staff_credential" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = staff_credential.membership_id) AND (h.role = ANY (ARRAY['care-manager'::text, 'care-supervisor'::text])) AND (h.ended_at IS NULL))))));
create policy "staff_credential_region_changes" on "staff_credential" for update to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text]))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
alter table "staff_training" add constraint "staff_training_membership" foreign key ("membership_id") references "membership" ("id");
alter table "staff_training" enable row level security;
alter table "staff_training" force row level security;
create policy "staff_training_worker_all" on "staff_training" to "commons_worker" using (true) with check (true);
create policy "staff_training_region_select" on "staff_training" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])));
create policy "staff_training_own_membership" on "staff_training" for select to "commons_care_manager" using (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = staff_training.membership_id)))));
create policy "staff_training_region_adds" on "staff_training" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = staff_training.membership_id) AND (h.role = ANY (ARRAY['care-manager'::text, 'care-supervisor'::text])) AND (h.ended_at IS NULL))))));
create policy "staff_training_region_changes" on "staff_training" for update to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text]))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
alter table "scope_rule" enable row level security;
create policy "scope_rule_worker_all" on "scope_rule" to "commons_worker" using (true) with check (true);
create policy "scope_rule_region_select" on "scope_rule" for select to "commons_region" using (true);
create policy "scope_rule_care_manager_select" on "scope_rule" for select to "commons_care_manager" using (true);
create policy "scope_rule_region_adds" on "scope_rule" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
-- What federal rules say; a region adds what its States say.
insert into scope_rule (id, discipline, duty, permitted, needs_license, since, source, recorded_at)
select gen_random_uuid(), discipline, duty, true, needs_license, '2024-01-01', source, '2026-01-01T00:00:00Z' from (values
  ('nurse', 'care-management', true, '42 CFR 410.26(a)(1), (b)(5): auxiliary personnel under general supervision'),
  ('social-worker', 'care-management', true, '42 CFR 410.26(a)(1), (b)(5): auxiliary personnel under general supervision'),
  ('pharmacist', 'care-management', true, '42 CFR 410.26(a)(1), (b)(5): auxiliary personnel under general supervision'),
  ('dietitian', 'care-management', true, '42 CFR 410.26(a)(1), (b)(5): auxiliary personnel under general supervision'),
  ('behavioral-health-specialist', 'care-management', true, '42 CFR 410.26(a)(1), (b)(5): auxiliary personnel under general supervision'),
  ('nurse', 'medication-reconciliation', true, 'TRC, medication reconciliation: prescriber, clinical pharmacist or registered nurse'),
  ('pharmacist', 'medication-reconciliation', true, 'TRC, medication reconciliation: prescriber, clinical pharmacist or registered nurse'),
  ('pharmacist', 'medication-review', true, '42 CFR 423.153(d)(1)(vii)(B): a pharmacist or other qualified provider'),
  ('dietitian', 'nutrition-therapy', true, '42 CFR 410.134: registered dietitian or nutrition professional'),
  ('social-worker', 'behavioral-health', true, '42 CFR 410.73: clinical social worker'),
  ('behavioral-health-specialist', 'behavioral-health', true, '42 CFR 410.53, 410.54, 410.71: therapist, counselor, psychologist'),
  ('community-health-worker', 'community-outreach', false, 'CY 2024 PFS (88 FR 78818), community health integration: certified or trained'),
  ('social-worker', 'community-outreach', true, 'CY 2024 PFS (88 FR 78818), community health integration: certified or trained'),
  ('nurse', 'community-outreach', true, 'CY 2024 PFS (88 FR 78818), community health integration: certified or trained')
) as rule (discipline, duty, needs_license, source);
-- Last: whoever owns the database but is no superuser writes the rules above.
alter table "scope_rule" force row level security;
