-- Figures of a period that is not over follow the records: which charts changed, and which run a live one began as.
create table "changed_chart" ("practice_id" uuid not null, "patient_id" uuid not null, "watermark" bigint not null, "evaluated" boolean not null default false, primary key ("practice_id", "patient_id"));
create index "changed_chart_waiting" on "changed_chart" ("practice_id", "watermark") where not evaluated;
alter table "changed_chart" enable row level security;
alter table "changed_chart" force row level security;
create policy "changed_chart_worked_practices" on "changed_chart" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "changed_chart" add constraint "changed_chart_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
alter table "metric_run" add "live_of" uuid null;
alter table "metric_run" add constraint "metric_run_live_of" foreign key ("live_of") references "metric_run" ("id");
create index "patient_person" on "patient" ("person_id");
