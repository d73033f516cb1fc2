-- Who has which lead care manager, and who waits for one; one lead for each person and program in the region.
create table "care_case" ("id" uuid not null, "practice_id" uuid not null, "patient_id" uuid not null, "program" text not null, "points" smallint not null, "due_on" date not null, "lead_membership_id" uuid null, "lead_name" text null, "lead_since" timestamptz null, "opened_on" date not null, "opened_by" uuid not null, "opened_by_name" text not null, "closed_at" timestamptz null, "closed_as" text null, "closed_by_name" text null, "version" int not null default 1, primary key ("id"));
create table "lead_ledger" ("person_id" uuid not null, "program" text not null, "case_id" uuid not null, primary key ("person_id", "program"));
alter table "care_case" add constraint "care_case_patient" foreign key ("practice_id", "patient_id") references "patient" ("practice_id", "id");
alter table "lead_ledger" add constraint "lead_ledger_of_case" foreign key ("case_id") references "care_case" ("id");
create index "care_case_lead" on "care_case" ("lead_membership_id") where (closed_at IS NULL);
create unique index "care_case_open" on "care_case" ("practice_id", "patient_id", "program") where (closed_at IS NULL);
alter table "care_case" add constraint "care_case_closed" check (((closed_at IS NULL) = (closed_as IS NULL)));
alter table "care_case" add constraint "care_case_led" check (((lead_membership_id IS NULL) = (lead_name IS NULL)));
alter table "care_case" add constraint "care_case_program_check" check (program in ('care-management'));
alter table "care_case" add constraint "care_case_closed_as_check" check (closed_as in ('goals-met', 'declined', 'moved', 'died', 'other'));
alter table "care_case" enable row level security;
alter table "care_case" force row level security;
create policy "care_case_own_practice" on "care_case" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);
create policy "care_case_assigned_practices" on "care_case" for select to "commons_care_manager" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "care_case_region_select" on "care_case" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])));
create policy "care_case_worked_practices" on "care_case" to "commons_worker" using (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) with check (practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[]));
create policy "care_case_practice_adds" on "care_case" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (closed_at IS NULL) AND (lead_membership_id IS NULL) AND (opened_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (opened_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))));
create policy "care_case_care_manager_adds" on "care_case" for insert to "commons_care_manager" with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (closed_at IS NULL) AND (lead_membership_id IS NULL) AND (opened_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (opened_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))));
alter table "lead_ledger" add constraint "lead_ledger_case" unique ("case_id");
alter table "lead_ledger" enable row level security;
alter table "lead_ledger" force row level security;
create policy "lead_ledger_worker_all" on "lead_ledger" to "commons_worker" using (true) with check (true);
create table "case_rule" ("tier" smallint not null, "since" date not null, "points" smallint not null, "contact_days" smallint not null, "source" text not null, primary key ("tier", "since"));
insert into case_rule (tier, since, points, contact_days, source) values
  (0, '2020-01-01', 1, 180, 'CareCommons: half a year between contacts at low risk, until the region agrees on its own.'),
  (1, '2020-01-01', 1, 180, 'CareCommons: half a year between contacts at low risk, until the region agrees on its own.'),
  (2, '2020-01-01', 3, 90, 'Michigan Primary Care Transformation demonstration: 500 people of moderate risk weigh as much as 150 complex ones. CareCommons: a quarter of a year between contacts.'),
  (3, '2020-01-01', 10, 30, 'Michigan Primary Care Transformation demonstration: 150 complex people a manager. Health Quality Partners: seen once a month.'),
  (4, '2020-01-01', 10, 30, 'Michigan Primary Care Transformation demonstration: 150 complex people a manager. Health Quality Partners: seen once a month.');
alter table "case_rule" enable row level security;
alter table "case_rule" force row level security;
create policy "case_rule_practice_select" on "case_rule" for select to "commons_practice" using (true);
create policy "case_rule_care_manager_select" on "case_rule" for select to "commons_care_manager" using (true);
create policy "case_rule_region_select" on "case_rule" for select to "commons_region" using (true);
create policy "case_rule_worker_select" on "case_rule" for select to "commons_worker" using (true);

-- Whatever changes a tier or brings a contact keeps the open case in the same transaction.
create or replace function "patient_summary_cases_kept_fn"() returns trigger as $$ begin update care_case c set points = r.points, due_on = greatest(new.last_contact_on, c.opened_on) + r.contact_days from case_rule r where c.practice_id = new.practice_id and c.patient_id = new.patient_id and c.closed_at is null and r.tier = new.risk_rank / 100 and r.since = (select max(l.since) from case_rule l where l.tier = r.tier and l.since <= current_date); return null; end; $$ language plpgsql;
create trigger "cases_kept" AFTER UPDATE on "patient_summary" for each ROW
  when (((old.risk_rank <> new.risk_rank) OR (old.last_contact_on IS DISTINCT FROM new.last_contact_on))) execute function "patient_summary_cases_kept_fn"();

-- Moving people between leads is told to the practice whose people they are.
drop policy "audit_event_append_region" on "audit_event";
create policy "audit_event_append_region" on "audit_event" for insert to "commons_region" with check ((user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND ((practice_id IS NULL) OR (subject = ANY (ARRAY['Agreement'::text, 'Assignment'::text, 'Caseload'::text, 'Membership'::text, 'Organization'::text]))));
