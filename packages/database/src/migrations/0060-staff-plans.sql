-- Proposals of who of the shared staff serves which practice.
create table "staff_plan" ("id" uuid not null, "starts_on" date not null, "wish" jsonb not null, "problem" jsonb not null, "input_hash" text not null, "state" text not null, "requested_by" uuid not null, "requested_by_name" text not null, "requested_at" timestamptz not null, "finished_at" timestamptz null, "failure" text null, "plan" jsonb null, primary key ("id"));
alter table "staff_plan" add constraint "staff_plan_state_check" check (state in ('queued', 'done', 'failed'));
alter table "staff_plan" enable row level security;
alter table "staff_plan" force row level security;
create policy "staff_plan_worker_all" on "staff_plan" to "commons_worker" using (true) with check (true);
create policy "staff_plan_region_select" on "staff_plan" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text));
create policy "staff_plan_region_adds" on "staff_plan" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text) AND (plan IS NULL) AND (failure IS NULL) AND (finished_at IS NULL)));
drop policy "job_region_adds" on "job";
create policy "job_region_adds" on "job" for insert to "commons_region" with check (((state = 'queued'::text) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (((name = 'mail.invitation'::text) AND (practice_id IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text)) OR ((name = 'measures.run'::text) AND (practice_id IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text]))) OR ((name = ANY (ARRAY['packages.try-draft'::text, 'packages.compare'::text, 'packages.check-deck'::text])) AND (practice_id IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text)) OR ((name = 'staff.plan'::text) AND (practice_id IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text)) OR ((name = 'record.label'::text) AND (practice_id = subject_id) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text)))));
