-- Where each practice stood month by month over the last two years: worked out by jobs from the records, by the measures in force.
create table "month_score" ("practice_id" uuid not null, "measure_id" text not null, "ends_on" date not null, "package_hash" text not null, "counted" int not null, "numerator" int not null, "open_before" int null, "closed" int null, primary key ("practice_id", "measure_id", "ends_on"));
alter table "month_score" enable row level security;
alter table "month_score" force row level security;
create policy "month_score_own_practice" on "month_score" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "month_score_worked_practices" on "month_score" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create table "month_state" ("practice_id" uuid not null, "ends_on" date not null, "package_hashes" text[] not null, "engine" text not null, "watermark" bigint not null, "living" int not null, "worked_out_at" timestamptz not null, primary key ("practice_id"));
alter table "month_state" enable row level security;
alter table "month_state" force row level security;
create policy "month_state_own_practice" on "month_state" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "month_state_worked_practices" on "month_state" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
