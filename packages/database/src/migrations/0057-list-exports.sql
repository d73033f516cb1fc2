create table "list_export" ("id" uuid not null, "membership_id" uuid not null, "format" text not null, "filter" jsonb not null, "sort" text not null, "reversed" boolean not null, "columns" text[] not null, "patient_ids" uuid[] null, "state" text not null, "requested_at" timestamptz not null, "finished_at" timestamptz null, "written" int not null default 0, "total" int null, "charts" jsonb null, "labelled_ids" uuid[] not null default '{}', "run_id" uuid null, "failure" text null, "content" text null, primary key ("id"));
create index "list_export_membership" on "list_export" ("membership_id");
alter table "list_export" add constraint "list_export_format_check" check (format in ('csv', 'ndjson'));
alter table "list_export" add constraint "list_export_state_check" check (state in ('queued', 'done', 'failed', 'gone'));
alter table "list_export" enable row level security;
alter table "list_export" force row level security;
create policy "list_export_practice_reads" on "list_export" for select to "commons_practice" using ((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid));
create policy "list_export_practice_adds" on "list_export" for insert to "commons_practice" with check (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text) AND (content IS NULL) AND (charts IS NULL) AND (finished_at IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))));
create policy "list_export_care_manager_reads" on "list_export" for select to "commons_care_manager" using ((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid));
create policy "list_export_care_manager_adds" on "list_export" for insert to "commons_care_manager" with check (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text) AND (content IS NULL) AND (charts IS NULL) AND (finished_at IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))));
create policy "list_export_worker_all" on "list_export" for all to "commons_worker" using (true) with check (true);
create policy "job_practice_exports" on "job" for insert to "commons_practice" with check (((state = 'queued'::text) AND (name = 'lists.export'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM list_export e
  WHERE ((e.id = job.subject_id) AND (e.state = 'queued'::text) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid))))));
create policy "job_care_manager_exports" on "job" for insert to "commons_care_manager" with check (((state = 'queued'::text) AND (name = 'lists.export'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM list_export e
  WHERE ((e.id = job.subject_id) AND (e.state = 'queued'::text) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid))))));
create policy "kept_wish_own_user_care_manager_all" on "kept_wish" for all to "commons_care_manager" using (user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) with check (user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid);
