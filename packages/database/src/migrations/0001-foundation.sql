
create table "active_measure" ("measure_id" text not null, "position" smallint not null, "package_hash" text not null, primary key ("measure_id"));

create table "app_user" ("id" uuid not null, "name" text not null, "email" text not null, "password_hash" text not null, "created_at" timestamptz not null, primary key ("id"));
alter table "app_user" add constraint "app_user_email_unique" unique ("email");

create table "audit_event" ("id" uuid not null, "at" timestamptz not null, "user_id" uuid null, "membership_id" uuid null, "practice_id" uuid null, "action" text not null, "subject" text not null, "subject_ids" uuid[] not null, "outcome" text not null, "correlation_id" uuid not null, primary key ("id"));
create index "audit_event_practice" on "audit_event" ("practice_id", "at");
alter table "audit_event" add constraint "audit_event_outcome_check" check (outcome in ('allowed', 'denied'));

create table "clinical_fact" ("practice_id" uuid not null, "patient_id" uuid not null, "type" text not null, "fhir_id" text not null, "part" smallint not null, "code_id" int null, "category" text null, "status" text null, "verification" text null, "starts_at" timestamptz null, "ends_at" timestamptz null, "starts_on" date null, "value" numeric null, "comparator" text null, "unit" text null, "value_code_id" int null, "value_text" text null, primary key ("practice_id", "patient_id", "type", "fhir_id", "part")) partition by hash ("practice_id");
create table "clinical_fact_0" partition of "clinical_fact" for values with (modulus 8, remainder 0);
create table "clinical_fact_1" partition of "clinical_fact" for values with (modulus 8, remainder 1);
create table "clinical_fact_2" partition of "clinical_fact" for values with (modulus 8, remainder 2);
create table "clinical_fact_3" partition of "clinical_fact" for values with (modulus 8, remainder 3);
create table "clinical_fact_4" partition of "clinical_fact" for values with (modulus 8, remainder 4);
create table "clinical_fact_5" partition of "clinical_fact" for values with (modulus 8, remainder 5);
create table "clinical_fact_6" partition of "clinical_fact" for values with (modulus 8, remainder 6);
create table "clinical_fact_7" partition of "clinical_fact" for values with (modulus 8, remainder 7);

create table "code" ("id" int not null, "system" text not null, "code" text not null, "display" text null, primary key ("id"));
alter table "code" add constraint "code_system_code" unique ("system", "code");

create table "coverage" ("practice_id" uuid not null, "patient_id" uuid not null, "starts_on" date not null, "ends_on" date null, "payer_id" uuid null, primary key ("practice_id", "patient_id", "starts_on"));

create table "data_watermark" ("region_id" uuid not null, "value" bigint not null, primary key ("region_id"));

create table "directory_version" ("type" text not null, "fhir_id" text not null, "watermark" bigint not null, "hash" bytea not null, "name" text null, "content" text not null, "import_file_id" uuid not null, "line" int not null, primary key ("type", "fhir_id", "watermark"));

create table "dirty_chart" ("practice_id" uuid not null, "patient_id" uuid not null, primary key ("practice_id", "patient_id"));

create table "import_file" ("id" uuid not null, "import_run_id" uuid not null, "ordinal" int not null, "name" text not null, "lines_read" int not null default 0, "done" boolean not null default false, "counts" jsonb not null, primary key ("id"));
alter table "import_file" add constraint "import_file_ordinal" unique ("import_run_id", "ordinal");

create table "import_pending" ("import_file_id" uuid not null, "line" int not null, "content" bytea not null, primary key ("import_file_id", "line"));

create table "import_rejection" ("import_file_id" uuid not null, "line" int not null, "code" text not null, "reason" text not null, "content" bytea not null, primary key ("import_file_id", "line"));

create table "import_run" ("id" uuid not null, "region_id" uuid not null, "fingerprint" text not null, "state" text not null, "started_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"));
create index "import_run_fingerprint" on "import_run" ("fingerprint");
alter table "import_run" add constraint "import_run_state_check" check (state in ('running', 'finished'));

create table "job" ("id" uuid not null, "name" text not null, "subject_id" uuid null, "practice_id" uuid null, "parent_id" uuid null, "state" text not null, "created_at" timestamptz not null, "enqueued_at" timestamptz null, "finished_at" timestamptz null, "failure" text null, primary key ("id"));
create index "job_waiting" on "job" ("state", "enqueued_at");
alter table "job" add constraint "job_state_check" check (state in ('queued', 'done', 'failed'));

create table "measure_membership" ("practice_id" uuid not null, "run_id" uuid not null, "patient_id" uuid not null, "measure_id" text not null, "group_index" smallint not null, "initial_population" smallint not null, "denominator" smallint not null, "denominator_exclusion" smallint not null, "denominator_exception" smallint not null, "numerator" smallint not null, "evidence" text[] not null, primary key ("practice_id", "run_id", "patient_id", "measure_id", "group_index")) partition by hash ("practice_id");
create table "measure_membership_0" partition of "measure_membership" for values with (modulus 8, remainder 0);
create table "measure_membership_1" partition of "measure_membership" for values with (modulus 8, remainder 1);
create table "measure_membership_2" partition of "measure_membership" for values with (modulus 8, remainder 2);
create table "measure_membership_3" partition of "measure_membership" for values with (modulus 8, remainder 3);
create table "measure_membership_4" partition of "measure_membership" for values with (modulus 8, remainder 4);
create table "measure_membership_5" partition of "measure_membership" for values with (modulus 8, remainder 5);
create table "measure_membership_6" partition of "measure_membership" for values with (modulus 8, remainder 6);
create table "measure_membership_7" partition of "measure_membership" for values with (modulus 8, remainder 7);

create table "measure_package" ("hash" text not null, "measure_id" text not null, "version" text not null, "title" text not null, "description" text not null, "improvement" text not null, "source_hash" text not null, "bundle" text not null, "loaded_at" timestamptz not null, primary key ("hash"));
alter table "measure_package" add constraint "measure_package_improvement_check" check (improvement in ('increase', 'decrease'));

create table "membership" ("id" uuid not null, "user_id" uuid not null, "organization_id" uuid not null, "role" text not null, "starts_on" date not null, "ends_on" date null, primary key ("id"));
create index "membership_user" on "membership" ("user_id");

create table "metric_chunk" ("id" uuid not null, "run_id" uuid not null, "practice_id" uuid not null, "ordinal" int not null, "first_patient_id" uuid not null, "last_patient_id" uuid not null, "charts" int not null, "unevaluated" int not null default 0, "finished_at" timestamptz null, primary key ("id"));
alter table "metric_chunk" add constraint "metric_chunk_ordinal" unique ("run_id", "practice_id", "ordinal");

create table "metric_run" ("id" uuid not null, "region_id" uuid not null, "period_start" date not null, "period_end" date not null, "watermark" bigint null, "package_hashes" text[] not null, "engine" text null, "state" text not null, "idempotency_key" text not null, "requested_by" uuid null, "requested_at" timestamptz not null, "started_at" timestamptz null, "finished_at" timestamptz null, "failure" text null, primary key ("id"));
alter table "metric_run" add constraint "metric_run_idempotency_key_unique" unique ("idempotency_key");
alter table "metric_run" add constraint "metric_run_state_check" check (state in ('queued', 'evaluating', 'scoring', 'published', 'failed'));

create table "organization" ("id" uuid not null, "region_id" uuid not null, "kind" text not null, "name" text not null, "slug" text not null, "city" text null, "created_at" timestamptz not null, primary key ("id"));
alter table "organization" add constraint "organization_slug" unique ("kind", "slug");
alter table "organization" add constraint "organization_kind_check" check (kind in ('coordinating-body', 'practice', 'payer', 'community-partner'));

create table "organization_alias" ("kind" text not null, "alias" text not null, "organization_id" uuid not null, primary key ("kind", "alias"));

create table "patient" ("id" uuid not null, "practice_id" uuid not null, "person_id" uuid not null, "fhir_id" text not null, "family_name" text not null, "given_name" text not null, "birth_date" date null, "gender" text null, "deceased" boolean not null, "deceased_on" date null, "record_number" text null, "phone" text null, "address" text null, "clinician" text null, primary key ("id"));
create index "patient_fhir" on "patient" ("fhir_id");
alter table "patient" add constraint "patient_in_practice" unique ("practice_id", "id");
alter table "patient" add constraint "patient_source" unique ("practice_id", "fhir_id");

create table "patient_condition" ("practice_id" uuid not null, "condition" text not null, "patient_id" uuid not null, primary key ("practice_id", "condition", "patient_id"));
create index "patient_condition_patient" on "patient_condition" ("practice_id", "patient_id");

create table "patient_search" ("practice_id" uuid not null, "term" text collate "C" not null, "patient_id" uuid not null, primary key ("practice_id", "term", "patient_id"));

create table "patient_summary" ("practice_id" uuid not null, "patient_id" uuid not null, "sort_name" text collate "C" not null, "birth_date" date null, "deceased" boolean not null, "condition_count" smallint not null, "a1c" numeric null, "a1c_on" date null, "systolic" numeric null, "diastolic" numeric null, "blood_pressure_on" date null, "phq9" numeric null, "phq9_on" date null, "last_visit_on" date null, "care_manager" text null, "last_contact_on" date null, "open_gaps" smallint not null default 0, "data_through" date null, "resource_count" int not null, primary key ("practice_id", "patient_id"));
create index "patient_summary_name" on "patient_summary" ("practice_id", "sort_name", "patient_id");
create index "patient_summary_gaps" on "patient_summary" ("practice_id", "open_gaps", "patient_id");

create table "payer_evidence" ("practice_id" uuid not null, "patient_id" uuid not null, "source" text not null, "fhir_id" text not null, "part" smallint not null, "starts_on" date not null, "ends_on" date null, "payer_id" uuid null, primary key ("practice_id", "patient_id", "source", "fhir_id", "part"));

create table "payer_performance" ("id" uuid not null, "run_id" uuid not null, "payer_id" uuid not null, "practice_id" uuid null, "measure_id" text not null, "group_index" smallint not null, "hidden" boolean not null, "initial_population" int null, "denominator" int null, "denominator_exclusion" int null, "denominator_exception" int null, "numerator" int null, primary key ("id"));
create index "payer_performance_run" on "payer_performance" ("run_id");

create table "payer_score" ("id" uuid not null, "run_id" uuid not null, "payer_id" uuid null, "practice_id" uuid null, "measure_id" text not null, "group_index" smallint not null, "initial_population" int not null, "denominator" int not null, "denominator_exclusion" int not null, "denominator_exception" int not null, "numerator" int not null, primary key ("id"));
create index "payer_score_run" on "payer_score" ("run_id");

create table "person" ("id" uuid not null, "created_at" timestamptz not null, primary key ("id"));

create table "person_key" ("key_hash" bytea not null, "person_id" uuid not null, primary key ("key_hash"));

create table "publication" ("period_start" date not null, "period_end" date not null, "run_id" uuid not null, "published_at" timestamptz not null, primary key ("period_start", "period_end"));

create table "region" ("id" uuid not null, "name" text not null, "time_zone" text not null, "is_demo" boolean not null, "created_at" timestamptz not null, primary key ("id"));

create table "resource_version" ("practice_id" uuid not null, "patient_id" uuid not null, "type" text not null, "fhir_id" text not null, "watermark" bigint not null, "hash" bytea not null, "codes" int[] not null, "content" text not null, "import_file_id" uuid not null, "line" int not null, primary key ("practice_id", "patient_id", "type", "fhir_id", "watermark")) partition by hash ("practice_id");
create table "resource_version_0" partition of "resource_version" for values with (modulus 8, remainder 0);
create table "resource_version_1" partition of "resource_version" for values with (modulus 8, remainder 1);
create table "resource_version_2" partition of "resource_version" for values with (modulus 8, remainder 2);
create table "resource_version_3" partition of "resource_version" for values with (modulus 8, remainder 3);
create table "resource_version_4" partition of "resource_version" for values with (modulus 8, remainder 4);
create table "resource_version_5" partition of "resource_version" for values with (modulus 8, remainder 5);
create table "resource_version_6" partition of "resource_version" for values with (modulus 8, remainder 6);
create table "resource_version_7" partition of "resource_version" for values with (modulus 8, remainder 7);

create table "score" ("id" uuid not null, "run_id" uuid not null, "practice_id" uuid null, "measure_id" text not null, "group_index" smallint not null, "initial_population" int not null, "denominator" int not null, "denominator_exclusion" int not null, "denominator_exception" int not null, "numerator" int not null, primary key ("id"));
create index "score_run" on "score" ("run_id", "practice_id");

create table "session" ("token_hash" bytea not null, "user_id" uuid not null, "membership_id" uuid not null, "created_at" timestamptz not null, "last_seen_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("token_hash"));

alter table "active_measure" enable row level security;
alter table "active_measure" force row level security;
create policy "active_measure_directory" on "active_measure" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" using (true);
create policy "active_measure_worker_all" on "active_measure" to "commons_worker" using (true) with check (true);
alter table "app_user" enable row level security;
alter table "app_user" force row level security;
create policy "app_user_door_all" on "app_user" to "commons_door" using (true) with check (true);
create policy "app_user_worker_all" on "app_user" to "commons_worker" using (true) with check (true);
alter table "audit_event" enable row level security;
alter table "audit_event" force row level security;
create policy "audit_event_append" on "audit_event" for insert to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" with check (true);
create policy "audit_event_auditor" on "audit_event" for select to "commons_auditor" using (true);
alter table "clinical_fact" enable row level security;
alter table "clinical_fact" force row level security;
create policy "clinical_fact_own_practice" on "clinical_fact" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "clinical_fact_worked_practices" on "clinical_fact" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "code" enable row level security;
alter table "code" force row level security;
create policy "code_directory" on "code" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" using (true);
create policy "code_worker_all" on "code" to "commons_worker" using (true) with check (true);
alter table "coverage" enable row level security;
alter table "coverage" force row level security;
create policy "coverage_own_practice" on "coverage" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "coverage_worked_practices" on "coverage" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "data_watermark" enable row level security;
alter table "data_watermark" force row level security;
create policy "data_watermark_worker_all" on "data_watermark" to "commons_worker" using (true) with check (true);
create policy "data_watermark_region_select" on "data_watermark" for select to "commons_region" using (true);
alter table "directory_version" enable row level security;
alter table "directory_version" force row level security;
create policy "directory_version_practice_select" on "directory_version" for select to "commons_practice" using (true);
create policy "directory_version_region_select" on "directory_version" for select to "commons_region" using (true);
create policy "directory_version_worker_all" on "directory_version" to "commons_worker" using (true) with check (true);
alter table "dirty_chart" enable row level security;
alter table "dirty_chart" force row level security;
create policy "dirty_chart_worked_practices" on "dirty_chart" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "import_file" enable row level security;
alter table "import_file" force row level security;
create policy "import_file_worker_all" on "import_file" to "commons_worker" using (true) with check (true);
create policy "import_file_region_select" on "import_file" for select to "commons_region" using (true);
alter table "import_pending" enable row level security;
alter table "import_pending" force row level security;
create policy "import_pending_worker_all" on "import_pending" to "commons_worker" using (true) with check (true);
alter table "import_rejection" enable row level security;
alter table "import_rejection" force row level security;
create policy "import_rejection_worker_all" on "import_rejection" to "commons_worker" using (true) with check (true);
alter table "import_run" enable row level security;
alter table "import_run" force row level security;
create policy "import_run_worker_all" on "import_run" to "commons_worker" using (true) with check (true);
create policy "import_run_region_select" on "import_run" for select to "commons_region" using (true);
alter table "job" enable row level security;
alter table "job" force row level security;
create policy "job_worker_all" on "job" to "commons_worker" using (true) with check (true);
create policy "job_region_insert" on "job" for insert to "commons_region" with check (true);
alter table "measure_membership" enable row level security;
alter table "measure_membership" force row level security;
create policy "measure_membership_own_practice" on "measure_membership" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "measure_membership_worked_practices" on "measure_membership" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "measure_package" enable row level security;
alter table "measure_package" force row level security;
create policy "measure_package_directory" on "measure_package" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" using (true);
create policy "measure_package_worker_all" on "measure_package" to "commons_worker" using (true) with check (true);
alter table "membership" enable row level security;
alter table "membership" force row level security;
create policy "membership_door_all" on "membership" to "commons_door" using (true) with check (true);
create policy "membership_worker_all" on "membership" to "commons_worker" using (true) with check (true);
alter table "metric_chunk" enable row level security;
alter table "metric_chunk" force row level security;
create policy "metric_chunk_worker_all" on "metric_chunk" to "commons_worker" using (true) with check (true);
create policy "metric_chunk_region_select" on "metric_chunk" for select to "commons_region" using (true);
alter table "metric_run" enable row level security;
alter table "metric_run" force row level security;
create policy "metric_run_worker_all" on "metric_run" to "commons_worker" using (true) with check (true);
create policy "metric_run_region_select" on "metric_run" for select to "commons_region" using (true);
create policy "metric_run_region_insert" on "metric_run" for insert to "commons_region" with check (true);
create policy "metric_run_practice_select" on "metric_run" for select to "commons_practice" using (true);
create policy "metric_run_payer_select" on "metric_run" for select to "commons_payer" using (true);
alter table "organization" enable row level security;
alter table "organization" force row level security;
create policy "organization_directory" on "organization" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" using (true);
create policy "organization_worker_all" on "organization" to "commons_worker" using (true) with check (true);
alter table "organization_alias" enable row level security;
alter table "organization_alias" force row level security;
create policy "organization_alias_directory" on "organization_alias" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" using (true);
create policy "organization_alias_worker_all" on "organization_alias" to "commons_worker" using (true) with check (true);
alter table "patient" enable row level security;
alter table "patient" force row level security;
create policy "patient_own_practice" on "patient" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "patient_worked_practices" on "patient" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "patient_condition" enable row level security;
alter table "patient_condition" force row level security;
create policy "patient_condition_own_practice" on "patient_condition" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "patient_condition_worked_practices" on "patient_condition" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "patient_search" enable row level security;
alter table "patient_search" force row level security;
create policy "patient_search_own_practice" on "patient_search" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "patient_search_worked_practices" on "patient_search" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "patient_summary" enable row level security;
alter table "patient_summary" force row level security;
create policy "patient_summary_own_practice" on "patient_summary" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "patient_summary_worked_practices" on "patient_summary" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "payer_evidence" enable row level security;
alter table "payer_evidence" force row level security;
create policy "payer_evidence_worked_practices" on "payer_evidence" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "payer_performance" enable row level security;
alter table "payer_performance" force row level security;
create policy "payer_performance_worker_all" on "payer_performance" to "commons_worker" using (true) with check (true);
create policy "payer_performance_own_payer" on "payer_performance" for select to "commons_payer" using (payer_id = (nullif(current_setting('commons.payer_id'::text, true), ''::text))::uuid);
alter table "payer_score" enable row level security;
alter table "payer_score" force row level security;
create policy "payer_score_worker_all" on "payer_score" to "commons_worker" using (true) with check (true);
alter table "person" enable row level security;
alter table "person" force row level security;
create policy "person_worker_all" on "person" to "commons_worker" using (true) with check (true);
alter table "person_key" enable row level security;
alter table "person_key" force row level security;
create policy "person_key_worker_all" on "person_key" to "commons_worker" using (true) with check (true);
alter table "publication" enable row level security;
alter table "publication" force row level security;
create policy "publication_directory" on "publication" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" using (true);
create policy "publication_worker_all" on "publication" to "commons_worker" using (true) with check (true);
alter table "region" enable row level security;
alter table "region" force row level security;
create policy "region_directory" on "region" for select to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" using (true);
create policy "region_worker_all" on "region" to "commons_worker" using (true) with check (true);
alter table "resource_version" enable row level security;
alter table "resource_version" force row level security;
create policy "resource_version_own_practice" on "resource_version" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "resource_version_worked_practices" on "resource_version" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "score" enable row level security;
alter table "score" force row level security;
create policy "score_worker_all" on "score" to "commons_worker" using (true) with check (true);
create policy "score_region_select" on "score" for select to "commons_region" using (true);
create policy "score_own_practice" on "score" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "score_region_total" on "score" for select to "commons_practice" using (practice_id is null);
alter table "session" enable row level security;
alter table "session" force row level security;
create policy "session_door_all" on "session" to "commons_door" using (true) with check (true);
create policy "session_worker_all" on "session" to "commons_worker" using (true) with check (true);


-- Foreign keys of tenant tables start with practice_id, so that a row cannot point into another practice's chart.
-- The large fact tables have none: their writer is one statement that joins patient, and the checks would cost a third of an import.
alter table "organization" add constraint "organization_region" foreign key ("region_id") references "region" ("id");
alter table "organization_alias" add constraint "organization_alias_organization" foreign key ("organization_id") references "organization" ("id");
alter table "membership" add constraint "membership_user_id" foreign key ("user_id") references "app_user" ("id");
alter table "membership" add constraint "membership_organization" foreign key ("organization_id") references "organization" ("id");
alter table "session" add constraint "session_membership" foreign key ("membership_id") references "membership" ("id");
alter table "patient" add constraint "patient_practice" foreign key ("practice_id") references "organization" ("id");
alter table "patient" add constraint "patient_person" foreign key ("person_id") references "person" ("id");
alter table "person_key" add constraint "person_key_person" foreign key ("person_id") references "person" ("id");
alter table "coverage" add constraint "coverage_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
alter table "coverage" add constraint "coverage_payer" foreign key ("payer_id") references "organization" ("id");
alter table "patient_summary" add constraint "patient_summary_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
alter table "patient_condition" add constraint "patient_condition_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
alter table "import_file" add constraint "import_file_run" foreign key ("import_run_id") references "import_run" ("id");
alter table "import_rejection" add constraint "import_rejection_file" foreign key ("import_file_id") references "import_file" ("id");
alter table "active_measure" add constraint "active_measure_package" foreign key ("package_hash") references "measure_package" ("hash");
alter table "metric_chunk" add constraint "metric_chunk_run" foreign key ("run_id") references "metric_run" ("id");
alter table "score" add constraint "score_run_id" foreign key ("run_id") references "metric_run" ("id");
alter table "payer_score" add constraint "payer_score_run_id" foreign key ("run_id") references "metric_run" ("id");
alter table "payer_performance" add constraint "payer_performance_run_id" foreign key ("run_id") references "metric_run" ("id");
alter table "publication" add constraint "publication_run" foreign key ("run_id") references "metric_run" ("id");

