-- Regional measures as they are written and tried, and two packages compared on the live charts before one takes the other's place.
create table "comparison_chunk" ("comparison_id" uuid not null, "practice_id" uuid not null, "ordinal" int not null, "first_patient_id" uuid not null, "last_patient_id" uuid not null, "charts" int not null, "finished_at" timestamptz null, primary key ("comparison_id", "practice_id", "ordinal"));
create table "comparison_move" ("comparison_id" uuid not null, "group_index" smallint not null, "before" text not null, "after" text not null, "charts" int null, "reasons" text not null, primary key ("comparison_id", "group_index", "before", "after"));
create table "comparison_mover" ("practice_id" uuid not null, "comparison_id" uuid not null, "patient_id" uuid not null, "group_index" smallint not null, "before" text not null, "after" text not null, "lost" text[] not null, "gained" text[] not null, "sensitivity" text null, primary key ("practice_id", "comparison_id", "patient_id", "group_index"));
create table "draft_trial" ("id" uuid not null, "draft_id" uuid not null, "bundle" text null, "period_start" date not null, "period_end" date not null, "state" text not null, "sample" int null, "initial_population" int null, "denominator" int null, "denominator_exclusion" int null, "denominator_exception" int null, "numerator" int null, "requested_by" uuid not null, "requested_at" timestamptz not null, "finished_at" timestamptz null, "failure" text null, primary key ("id"));
create index "draft_trial_draft" on "draft_trial" ("draft_id");
create table "measure_draft" ("id" uuid not null, "title" text not null, "description" text not null, "improvement" text not null, "cql" text not null, "version" int not null, "updated_by" uuid not null, "updated_at" timestamptz not null, "published_hash" text null, primary key ("id"));
create table "package_comparison" ("id" uuid not null, "before_hash" text not null, "after_hash" text not null, "period_start" date not null, "period_end" date not null, "watermark" bigint null, "state" text not null, "requested_by" uuid not null, "requested_at" timestamptz not null, "finished_at" timestamptz null, "failure" text null, primary key ("id"));
create index "package_comparison_after" on "package_comparison" ("after_hash");
alter table "comparison_chunk" enable row level security;
alter table "comparison_chunk" force row level security;
create policy "comparison_chunk_worker_all" on "comparison_chunk" to "commons_worker" using (true) with check (true);
create policy "comparison_chunk_region_select" on "comparison_chunk" for select to "commons_region" using (true);
alter table "comparison_move" enable row level security;
alter table "comparison_move" force row level security;
create policy "comparison_move_worker_all" on "comparison_move" to "commons_worker" using (true) with check (true);
create policy "comparison_move_region_select" on "comparison_move" for select to "commons_region" using (true);
alter table "comparison_mover" add constraint "comparison_mover_sensitivity_check" check (sensitivity in ('part2', 'behavioral'));
alter table "comparison_mover" enable row level security;
alter table "comparison_mover" force row level security;
create policy "comparison_mover_own_practice" on "comparison_mover" for select to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((sensitivity IS NULL) OR ((current_setting('commons.sensitive'::text, true) = 'on'::text) AND ((EXISTS ( SELECT FROM consent c
  WHERE ((c.practice_id = comparison_mover.practice_id) AND (c.patient_id = comparison_mover.patient_id) AND (c.category = comparison_mover.sensitivity) AND (c.recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (c.ended_at IS NULL) AND ((c.expires_at IS NULL) OR (c.expires_at > now()))))) OR (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.practice_id = comparison_mover.practice_id) AND (e.patient_id = comparison_mover.patient_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (e.ended_at IS NULL) AND ((e.expires_at IS NULL) OR (e.expires_at > now()))))))))));
create policy "comparison_mover_assigned_practices" on "comparison_mover" for select to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND ((sensitivity IS NULL) OR ((current_setting('commons.sensitive'::text, true) = 'on'::text) AND ((EXISTS ( SELECT FROM consent c
  WHERE ((c.practice_id = comparison_mover.practice_id) AND (c.patient_id = comparison_mover.patient_id) AND (c.category = comparison_mover.sensitivity) AND (c.recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (c.ended_at IS NULL) AND ((c.expires_at IS NULL) OR (c.expires_at > now()))))) OR (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.practice_id = comparison_mover.practice_id) AND (e.patient_id = comparison_mover.patient_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (e.ended_at IS NULL) AND ((e.expires_at IS NULL) OR (e.expires_at > now()))))))))));
create policy "comparison_mover_own_chart" on "comparison_mover" for select to "commons_patient" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (patient_id = (nullif(current_setting('commons.patient_id'::text, true), ''::text))::uuid)));
create policy "comparison_mover_worked_practices" on "comparison_mover" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "draft_trial" add constraint "draft_trial_state_check" check (state in ('queued', 'running', 'done', 'failed'));
alter table "draft_trial" enable row level security;
alter table "draft_trial" force row level security;
create policy "draft_trial_worker_all" on "draft_trial" to "commons_worker" using (true) with check (true);
create policy "draft_trial_region_select" on "draft_trial" for select to "commons_region" using (true);
create policy "draft_trial_region_insert" on "draft_trial" for insert to "commons_region" with check (true);
alter table "measure_draft" add constraint "measure_draft_improvement_check" check (improvement in ('increase', 'decrease'));
alter table "measure_draft" enable row level security;
alter table "measure_draft" force row level security;
create policy "measure_draft_region_all" on "measure_draft" to "commons_region" using (true) with check (true);
alter table "package_comparison" add constraint "package_comparison_state_check" check (state in ('queued', 'running', 'done', 'failed'));
alter table "package_comparison" enable row level security;
alter table "package_comparison" force row level security;
create policy "package_comparison_worker_all" on "package_comparison" to "commons_worker" using (true) with check (true);
create policy "package_comparison_region_select" on "package_comparison" for select to "commons_region" using (true);
create policy "package_comparison_region_insert" on "package_comparison" for insert to "commons_region" with check (true);
create policy "package_comparison_practice_select" on "package_comparison" for select to "commons_practice" using (true);
alter table "measure_draft" add constraint "measure_draft_updater" foreign key ("updated_by") references "app_user" ("id");
alter table "measure_draft" add constraint "measure_draft_published" foreign key ("published_hash") references "measure_package" ("hash");
alter table "draft_trial" add constraint "draft_trial_of" foreign key ("draft_id") references "measure_draft" ("id");
alter table "draft_trial" add constraint "draft_trial_requester" foreign key ("requested_by") references "app_user" ("id");
alter table "package_comparison" add constraint "package_comparison_before" foreign key ("before_hash") references "measure_package" ("hash");
alter table "package_comparison" add constraint "package_comparison_after" foreign key ("after_hash") references "measure_package" ("hash");
alter table "package_comparison" add constraint "package_comparison_requester" foreign key ("requested_by") references "app_user" ("id");
alter table "comparison_chunk" add constraint "comparison_chunk_of" foreign key ("comparison_id") references "package_comparison" ("id");
alter table "comparison_chunk" add constraint "comparison_chunk_practice" foreign key ("practice_id") references "organization" ("id");
alter table "comparison_mover" add constraint "comparison_mover_of" foreign key ("comparison_id") references "package_comparison" ("id");
alter table "comparison_mover" add constraint "comparison_mover_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
alter table "comparison_move" add constraint "comparison_move_of" foreign key ("comparison_id") references "package_comparison" ("id");
