-- Where charts stand in risk: worked out of facts without a label by jobs, anew whenever facts or gaps change and every day.
create table "patient_risk" ("practice_id" uuid not null, "patient_id" uuid not null, "tier" smallint not null default 0, "segment" text null, "opportunity" smallint not null default 0, "reasons" text[] not null default '{}', "worked_out_on" date not null default '-infinity', "watermark" bigint null, primary key ("practice_id", "patient_id"));
create index "patient_risk_due" on "patient_risk" ("practice_id", "worked_out_on", "patient_id");
create table "risk_score" ("practice_id" uuid not null, "patient_id" uuid not null, "model" text not null, "version" text not null, "score" smallint not null, "band" text null, "inputs" jsonb not null, "worked_out_on" date not null, "watermark" bigint not null, primary key ("practice_id", "patient_id", "model"));
alter table "patient_risk" enable row level security;
create policy "patient_risk_own_practice" on "patient_risk" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "patient_risk_assigned_practices" on "patient_risk" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "patient_risk_worked_practices" on "patient_risk" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "risk_score" enable row level security;
alter table "risk_score" force row level security;
create policy "risk_score_own_practice" on "risk_score" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "risk_score_assigned_practices" on "risk_score" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "risk_score_worked_practices" on "risk_score" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "patient_summary" add "risk_rank" smallint not null default 0;
create index "patient_summary_risk" on "patient_summary" ("practice_id", "risk_rank", "patient_id") where not deceased;

-- Of charts that are here already it is worked out as soon as a worker runs. The owner sees every practice while this is noted.
alter table "patient" no force row level security;
insert into "patient_risk" ("practice_id", "patient_id") select practice_id, id from patient;
alter table "patient" force row level security;
alter table "patient_risk" force row level security;
