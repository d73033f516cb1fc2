-- Figures are broken down by what the region agrees on: age, administrative sex, area of the postal code. What a chart counts in is kept beside its payer, run by run.
alter table "patient" add "postal_code" text null;
-- The owner sees every row while policies are not forced on it. A chart's address line ends with its postal code.
alter table "patient" no force row level security;
update "patient" set "postal_code" = substring("address" from '\m([0-9]{5}(-?[0-9]{4})?)$') where "address" ~ '\m[0-9]{5}(-?[0-9]{4})?$';
alter table "patient" force row level security;
alter table "metric_run" add "strata" jsonb null;
alter table "run_member" alter column "payer_id" drop not null;
alter table "run_member" add "age_band" text null, add "sex" text null, add "zip3" text null;

create table "strata_term" ("id" uuid not null, "starts_on" date not null, "ends_on" date null, "age_bounds" smallint[] null, "by_sex" boolean not null, "by_zip3" boolean not null, "agreed_by" uuid null, "agreed_with" text not null, "agreed_at" timestamptz not null, primary key ("id"));
alter table "strata_term" add constraint "strata_term_agreed" foreign key ("agreed_by") references "app_user" ("id");
create table "stratum_score" ("id" uuid not null, "run_id" uuid not null, "practice_id" uuid null, "measure_id" text not null, "group_index" smallint not null, "dimension" text not null, "stratum" text not null, "initial_population" int not null, "denominator" int not null, "denominator_exclusion" int not null, "denominator_exception" int not null, "numerator" int not null, primary key ("id"));
alter table "stratum_score" add constraint "stratum_score_run" foreign key ("run_id") references "metric_run" ("id");
create table "shown_stratum" ("id" uuid not null, "run_id" uuid not null, "practice_id" uuid null, "measure_id" text not null, "group_index" smallint not null, "dimension" text not null, "stratum" text null, "counted" int null, "numerator" int null, "initial_population" int null, "denominator" int null, "denominator_exclusion" int null, "denominator_exception" int null, primary key ("id"));
alter table "shown_stratum" add constraint "shown_stratum_run" foreign key ("run_id") references "metric_run" ("id");

drop policy "metric_run_region_adds" on "metric_run";
create policy "metric_run_region_adds" on "metric_run" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text])) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text) AND (watermark IS NULL) AND (package_hashes = '{}'::text[]) AND (live_of IS NULL) AND (strata IS NULL)));
create index "shown_stratum_run" on "shown_stratum" ("run_id", "practice_id", "measure_id");
alter table "shown_stratum" add constraint "shown_stratum_dimension_check" check (dimension in ('age', 'sex', 'zip3'));
alter table "shown_stratum" enable row level security;
alter table "shown_stratum" force row level security;
create policy "shown_stratum_worker_all" on "shown_stratum" to "commons_worker" using (true) with check (true);
create policy "shown_stratum_region_select" on "shown_stratum" for select to "commons_region" using (true);
alter table "strata_term" enable row level security;
alter table "strata_term" force row level security;
create policy "strata_term_worker_all" on "strata_term" to "commons_worker" using (true) with check (true);
create policy "strata_term_region_select" on "strata_term" for select to "commons_region" using (true);
create policy "strata_term_region_adds" on "strata_term" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (agreed_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
create index "stratum_score_run" on "stratum_score" ("run_id", "practice_id", "measure_id");
alter table "stratum_score" add constraint "stratum_score_dimension_check" check (dimension in ('age', 'sex', 'zip3'));
alter table "stratum_score" enable row level security;
alter table "stratum_score" force row level security;
create policy "stratum_score_worker_all" on "stratum_score" to "commons_worker" using (true) with check (true);
create policy "stratum_score_own_practice" on "stratum_score" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
