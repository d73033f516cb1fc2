-- When gaps that are closed in the newest published period come due, worked out by jobs once it is published, and whether a practice's are known.
create table "coming_gap" ("practice_id" uuid not null, "patient_id" uuid not null, "measure_id" text not null, "due_on" date not null, "sensitivity" text null, primary key ("practice_id", "patient_id", "measure_id"));
create index "coming_gap_due" on "coming_gap" ("practice_id", "due_on", "patient_id");
alter table "coming_gap" add constraint "coming_gap_sensitivity_check" check (sensitivity in ('part2', 'behavioral'));
alter table "coming_gap" enable row level security;
alter table "coming_gap" force row level security;
create policy "coming_gap_own_practice" on "coming_gap" for select to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((sensitivity IS NULL) OR ((current_setting('commons.sensitive'::text, true) = 'on'::text) AND ((EXISTS ( SELECT FROM consent c
  WHERE ((c.practice_id = coming_gap.practice_id) AND (c.patient_id = coming_gap.patient_id) AND (c.category = coming_gap.sensitivity) AND (c.recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (c.ended_at IS NULL) AND ((c.expires_at IS NULL) OR (c.expires_at > now()))))) OR (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.practice_id = coming_gap.practice_id) AND (e.patient_id = coming_gap.patient_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (e.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (e.ended_at IS NULL) AND ((e.expires_at IS NULL) OR (e.expires_at > now()))))))))));
create policy "coming_gap_assigned_practices" on "coming_gap" for select to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND ((sensitivity IS NULL) OR ((current_setting('commons.sensitive'::text, true) = 'on'::text) AND ((EXISTS ( SELECT FROM consent c
  WHERE ((c.practice_id = coming_gap.practice_id) AND (c.patient_id = coming_gap.patient_id) AND (c.category = coming_gap.sensitivity) AND (c.recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (c.ended_at IS NULL) AND ((c.expires_at IS NULL) OR (c.expires_at > now()))))) OR (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.practice_id = coming_gap.practice_id) AND (e.patient_id = coming_gap.patient_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (e.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (e.ended_at IS NULL) AND ((e.expires_at IS NULL) OR (e.expires_at > now()))))))))));
create policy "coming_gap_own_chart" on "coming_gap" for select to "commons_patient" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (patient_id = (nullif(current_setting('commons.patient_id'::text, true), ''::text))::uuid)));
create policy "coming_gap_worked_practices" on "coming_gap" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create table "coming_gap_state" ("practice_id" uuid not null, "run_id" uuid not null, "state" text not null, primary key ("practice_id"));
alter table "coming_gap_state" add constraint "coming_gap_state_state_check" check (state in ('under-way', 'ready', 'given-up'));
alter table "coming_gap_state" enable row level security;
create policy "coming_gap_state_own_practice" on "coming_gap_state" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "coming_gap_state_assigned_practices" on "coming_gap_state" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "coming_gap_state_own_chart" on "coming_gap_state" for select to "commons_patient" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM patient p
  WHERE ((p.practice_id = coming_gap_state.practice_id) AND (p.id = (nullif(current_setting('commons.patient_id'::text, true), ''::text))::uuid))))));
create policy "coming_gap_state_worked_practices" on "coming_gap_state" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
alter table "coming_gap_state" add constraint "coming_gap_state_practice" foreign key ("practice_id") references "organization" ("id");
alter table "metric_chunk" add "coming_at" timestamptz null, add "coming_ms" int not null default 0;

-- Of what is published already they are asked for as publishing asks for them. The owner sees every practice while it does.
alter table "organization" no force row level security;
alter table "publication" no force row level security;
alter table "metric_run" no force row level security;
alter table "metric_chunk" no force row level security;
alter table "job" no force row level security;
insert into "coming_gap_state" ("practice_id", "run_id", "state")
select o.id, n.run_id, case when exists (select from metric_chunk c where c.run_id = n.run_id and c.practice_id = o.id) then 'under-way' else 'ready' end
  from organization o
 cross join (select coalesce(r.live_of, r.id) as run_id from publication u join metric_run r on r.id = u.run_id
              order by u.period_end desc, u.period_start desc limit 1) n
 where o.kind = 'practice';
insert into "job" ("id", "name", "subject_id", "practice_id", "state", "created_at")
select gen_random_uuid(), 'measures.coming-gaps', c.id, c.practice_id, 'queued', now()
  from metric_chunk c
 where c.run_id = (select coalesce(r.live_of, r.id) from publication u join metric_run r on r.id = u.run_id
                    order by u.period_end desc, u.period_start desc limit 1);
alter table "job" force row level security;
alter table "metric_chunk" force row level security;
alter table "metric_run" force row level security;
alter table "publication" force row level security;
alter table "organization" force row level security;
alter table "coming_gap_state" force row level security;
