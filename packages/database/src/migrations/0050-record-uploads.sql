create table "record_upload" ("id" uuid not null, "practice_id" uuid not null, "name" text not null, "bytes" int not null, "state" text not null, "requested_by" uuid not null, "requested_by_name" text not null, "requested_at" timestamptz not null, "finished_at" timestamptz null, "lines" int null, "counts" jsonb null, "rejected" int not null default 0, "rejections" jsonb null, "failure" text null, "content" bytea null, primary key ("id"));
create index "record_upload_practice" on "record_upload" ("practice_id", "requested_at");
alter table "record_upload" add constraint "record_upload_state_check" check (state in ('queued', 'done', 'failed'));
alter table "record_upload" enable row level security;
alter table "record_upload" force row level security;
create policy "record_upload_own_practice" on "record_upload" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "record_upload_practice_adds" on "record_upload" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text) AND (finished_at IS NULL) AND (counts IS NULL)));
create policy "record_upload_worked_practices" on "record_upload" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "job_practice_uploads" on "job" for insert to "commons_practice" with check (((state = 'queued'::text) AND (name = 'intake.import'::text) AND (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM record_upload u
  WHERE ((u.id = job.subject_id) AND (u.practice_id = job.practice_id) AND (u.state = 'queued'::text) AND (u.requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))))));
alter table "record_upload" add constraint "record_upload_practice" foreign key ("practice_id") references "organization" ("id");
