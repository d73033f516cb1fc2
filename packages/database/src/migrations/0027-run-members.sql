-- Whose member each chart was for a run: a run repeated, or a payer's page read again, has the payers of that time.
create table "run_member" ("practice_id" uuid not null, "run_id" uuid not null, "patient_id" uuid not null, "payer_id" uuid not null, primary key ("practice_id", "run_id", "patient_id"));
create index "run_member_payer" on "run_member" ("run_id", "payer_id");
alter table "metric_run" add "repeats" uuid null;

-- Of runs that are here already, the payers that coverage tells today. The owner sees every row while policies are not forced on it.
alter table "coverage" no force row level security;
alter table "patient" no force row level security;
alter table "metric_run" no force row level security;
insert into "run_member" ("practice_id", "run_id", "patient_id", "payer_id")
select p."practice_id", r."id", p."id", v."payer_id"
  from "metric_run" r
 cross join "patient" p
 cross join lateral (select c."payer_id" from "coverage" c where c."practice_id" = p."practice_id" and c."patient_id" = p."id"
                        and c."starts_on" <= r."period_end" and (c."ends_on" is null or c."ends_on" >= r."period_start")
                      order by c."starts_on" desc limit 1) v
 where r."state" = 'published' and r."live_of" is null and v."payer_id" is not null;
alter table "coverage" force row level security;
alter table "patient" force row level security;
alter table "metric_run" force row level security;

alter table "run_member" enable row level security;
alter table "run_member" force row level security;
create policy "run_member_worked_practices" on "run_member" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "run_member" add constraint "run_member_run" foreign key ("run_id") references "metric_run" ("id");
alter table "run_member" add constraint "run_member_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
alter table "metric_run" add constraint "metric_run_repeats" foreign key ("repeats") references "metric_run" ("id");
